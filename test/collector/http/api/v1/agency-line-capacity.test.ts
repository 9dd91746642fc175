import { describe, expect, it } from 'vitest';
import { dayNumber } from '#collector/catalogues/viet-nam-time.ts';
import { AGENCY, MONDAY_MS } from '../../../ingest/reporting-machine.ts';
import { OTHER_AGENCY, peopleCollector } from '../../people/people-collector.ts';

const DAY_MS = 86_400_000;

async function opened() {
  const { store, server, token } = await peopleCollector();
  const line = { kind: 'line', agencyCode: AGENCY, itemId: 'L1', lineKind: 'internet', asOf: '2026-01-01' } as const;
  await store.register.save({ items: [{ ...line, capacityKbps: 100_000, source: 'BC 1', hasEnded: false }] });
  const speeds = [
    [AGENCY, 40, 8_000_000],
    [AGENCY, 2, 40_000_000],
    [AGENCY, 1, 60_000_000],
    [OTHER_AGENCY, 1, 1_000_000],
  ] as const;
  for (const [agencyCode, daysAgo, bitsPerSecond] of speeds) {
    const atMs = MONDAY_MS - daysAgo * DAY_MS;
    const made = { network: 'wan', machineId: 'm1', bytes: 4_000_000, durationMs: 800, atMs, day: dayNumber(atMs) };
    await store.lineSamples.add({ ...made, agencyCode, bitsPerSecond });
  }
  const secret = await token('agency', AGENCY);
  const headers = { authorization: `Bearer ${secret}` };
  return {
    lines: (code: string) => server.inject({ url: `/api/v1/agencies/${code}/lines`, headers }),
    metrics: async () => {
      const admin = { authorization: `Bearer ${await token('admin')}` };
      const { body } = await server.inject({ url: '/metrics', headers: admin });
      return body.split('\n').filter((text) => text.startsWith('tramdo_line_'));
    },
  };
}

describe('GET /api/v1/agencies/:code/lines', () => {
  it('shows what is declared and what was measured in 30 days side by side', async () => {
    const { lines } = await opened();
    const answer = await lines(AGENCY);
    const sample = (day: string, bitsPerSecond: number) => ({
      day,
      at: `${day}T02:00:00.000Z`,
      machineId: 'm1',
      bitsPerSecond,
      bytes: 4_000_000,
      durationMs: 800,
    });
    expect(answer.json()).toEqual({
      agencyCode: AGENCY,
      declared: [
        { itemId: 'L1', lineKind: 'internet', bitsPerSecond: 100_000_000, asOf: '2026-01-01', source: 'BC 1' },
      ],
      measured: [
        {
          network: 'wan',
          medianBitsPerSecond: 50_000_000,
          samples: [sample('2026-03-01', 60_000_000), sample('2026-02-28', 40_000_000)],
        },
      ],
    });
  });

  it('is not there for another agency', async () => {
    const { lines } = await opened();
    const answer = await lines(OTHER_AGENCY);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'AGENCY_UNKNOWN']);
  });

  it('is what the metrics say', async () => {
    const { metrics } = await opened();
    expect(await metrics()).toEqual([
      `tramdo_line_declared_bytes_per_second{agency="${AGENCY}",kind="internet"} 12500000`,
      `tramdo_line_measured_bytes_per_second{agency="${AGENCY}",network="wan"} 6250000`,
      `tramdo_line_measured_bytes_per_second{agency="${OTHER_AGENCY}",network="wan"} 125000`,
    ]);
  });
});
