import { describe, expect, it } from 'vitest';
import { isoDateOf } from '#collector/catalogues/viet-nam-time.ts';
import { registerAt } from '#collector/register/register-state.ts';
import { createMetricSource, machineDetails } from '#collector/store/metric-source.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { AGENCY, FIREWALL_SEEN, type IngestRig, ingestRig, MONDAY_MS } from '../ingest/reporting-machine.ts';

const DAY_MS = 86_400_000;

const boundsAt = (atMs: number) => ({
  reportingSinceMs: atMs - 3 * DAY_MS,
  silentSinceMs: atMs - 20 * DAY_MS,
  internetSinceDay: 0,
});

function sourceOf({ store, counts }: IngestRig, nowMs = MONDAY_MS) {
  return createMetricSource({
    store,
    boundsAt,
    networks: () => [{ id: 'internet', kind: 'internet', targets: ['tcp://192.0.2.1:443'] }],
    register: async () => registerAt(await store.register.facts(), isoDateOf(nowMs)),
    windowDays: 7,
    currentMs: 2_700_000,
    nowMs: () => nowMs,
    agentVersions: () => ['0.1.0'],
    own: {
      reportCounts: async () => counts.list(),
      receiptCounts: async () => [],
      ingestTimes: async () => ({ cumulativeCounts: [], sumSeconds: 0, count: 0 }),
      storeHealth: async () => ({ databaseBytes: 0, walBytes: 0, free: [], backups: [], waiting: [] }),
    },
  });
}

function windowOf(slots: string, successes: number) {
  const at = new Date(MONDAY_MS).toISOString();
  const histogram = { '24': successes };
  const rtt = successes === 0 ? {} : { rtt: { minMs: 9, medianMs: 10, p95Ms: 11, maxMs: 12, histogram } };
  const firstSlot = Math.floor(MONDAY_MS / SLOT_MS) - slots.length + 1;
  const place = { network: 'internet', target: 'tcp://192.0.2.1:443', firstSlot, slots };
  return { ...place, attempts: slots.length, successes, firstAt: at, lastAt: at, ...rtt };
}

describe('createMetricSource()', () => {
  it('shows the agencies that are valid now with their newest numbers', async () => {
    const rig = await ingestRig();
    const past = { code: 'H46', nameVi: 'Huyện', level: 'district', validTo: '2025-06-30' } as const;
    await rig.store.agencies.add(past);
    await rig.store.agencies.declare({
      agencyCode: AGENCY,
      subject: 'officials',
      value: 7,
      asOf: '2026-01-01',
      source: 's',
    });
    expect(await sourceOf(rig).agencies()).toEqual([
      {
        code: AGENCY,
        nameVi: 'Sở Tài chính',
        level: 'department',
        numbers: { officials: { value: 7, asOf: '2026-01-01', source: 's' } },
        items: [],
      },
    ]);
  });

  it('groups machines by kind, state and verdicts', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const antivirus = { products: [] };
    await rig.intake.accept(
      await machine.report({ seq: 1, seen: { firewall: { value: FIREWALL_SEEN }, antivirus: { value: antivirus } } }),
    );
    const [group, ...others] = await sourceOf(rig).machineGroups();
    expect(others).toEqual([]);
    expect(group).toMatchObject({ agencyCode: AGENCY, kind: undefined, state: 'reporting', machineCount: 1 });
    expect(group?.verdicts).toMatchObject({
      'firewall-on': 'pass',
      'antivirus-installed': 'fail',
      'os-supported': 'unknown',
    });
    expect((await sourceOf(rig, MONDAY_MS + 4 * DAY_MS).machineGroups())[0]?.state).toBe('silent');
    expect((await sourceOf(rig, MONDAY_MS + 30 * DAY_MS).machineGroups())[0]?.state).toBe('lost');
  });

  it('takes the best of the machines of an agency for its connectivity', async () => {
    const rig = await ingestRig();
    const [a, b] = [await rig.machine('a'), await rig.machine('b')];
    await rig.intake.accept(await a.report({ seq: 1, networks: [windowOf('000', 0)] }));
    expect((await sourceOf(rig).networks())[0]?.result).toBe('not_reached');
    await rig.intake.accept(
      await b.report({ seq: 1, networks: [windowOf('011', 2), { ...windowOf('1', 1), network: 'odd' }] }),
    );
    const [figures, ...others] = await sourceOf(rig).networks();
    expect(others).toEqual([]);
    expect(figures).toMatchObject({
      agencyCode: AGENCY,
      level: 'department',
      result: 'reached',
      slotsOn: 3,
      slotsReached: 2,
    });
    expect(figures?.rttSeconds?.median).toBeCloseTo(0.00985, 4);
    expect((await sourceOf(rig, MONDAY_MS + DAY_MS).networks())[0]).toMatchObject({
      result: 'unknown',
      windowResult: 'reached',
      slotsOn: 3,
    });
    expect(await sourceOf(rig, MONDAY_MS + 9 * DAY_MS).networks()).toEqual([
      {
        agencyCode: AGENCY,
        level: 'department',
        network: 'internet',
        kind: 'internet',
        result: 'unknown',
        windowResult: 'unknown',
        slotsOn: 0,
        slotsReached: 0,
      },
    ]);
  });
});

describe('certificates of createMetricSource()', () => {
  it('are those of targets the networks have now, tried within the window', async () => {
    const rig = await ingestRig();
    const seen = { agencyCode: AGENCY, network: 'internet', newestAtMs: MONDAY_MS, certificateNotAfterMs: 9 };
    const known = 'tcp://192.0.2.1:443';
    await rig.store.agencyTargets.save([
      { ...seen, target: known },
      { ...seen, target: 'https://taken-away.example.org/' },
      { ...seen, target: known, network: 'removed' },
    ]);
    expect(await sourceOf(rig).certificates()).toEqual([{ network: 'internet', target: known, notAfterMs: 9 }]);
    expect(await sourceOf(rig, MONDAY_MS + 8 * DAY_MS).certificates()).toEqual([]);
  });
});

describe('machineDetails()', () => {
  it('says that a machine which only joined has sent nothing yet', async () => {
    const rig = await ingestRig();
    const { machineId } = await rig.machine();
    const [detail] = await machineDetails(rig.store, AGENCY, boundsAt(MONDAY_MS));
    expect(detail).toMatchObject({
      machineId,
      hostname: 'pc-1',
      kind: undefined,
      state: 'reporting',
      lastSeenAtMs: undefined,
    });
    expect(detail?.verdicts.find(({ ruleId }) => ruleId === 'firewall-on')?.reason.code).toBe('observation_missing');
  });
});
