import { describe, expect, it } from 'vitest';
import { EXAMPLE_IDS } from '#collector/http/api/v1/example-ids.ts';
import { MONDAY_MS, temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

async function asking() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  const reply = (who: keyof typeof register.tokens, url: string) =>
    server.inject({ url: `/api/v1${url}`, headers: { authorization: `Bearer ${register.tokens[who]}` } });
  const ask = async (who: keyof typeof register.tokens, url: string) => (await reply(who, url)).json();
  const refusal = async (who: keyof typeof register.tokens, url: string) => {
    const answer = await reply(who, url);
    return [answer.statusCode, answer.json().code];
  };
  return { ask, refusal, server, register };
}

/** So many minutes before now. */
function ago(minutes: number): string {
  return new Date(MONDAY_MS - minutes * 60_000).toISOString();
}

const seconds = 0.002593742460100002;

describe('GET /api/v1/networks/:id/agencies', () => {
  it('gives the pair of counts beside an availability, and none where nobody tried', async () => {
    const { ask } = await asking();
    const reached = {
      agencyCode: 'H47.12',
      level: 'department',
      rttSeconds: { median: seconds, p95: seconds },
    };
    const untried = { agencyCode: 'H47.12.01', level: 'unit', result: 'unknown', availability: { a: 0, b: 0 } };
    expect(await ask('agency', '/networks/wan/agencies')).toEqual({
      items: [
        {
          ...reached,
          result: 'verified',
          availability: { a: 3, b: 3, valueRatio: 1 },
          verifiedAt: ago(5),
          lastReachedAt: ago(5),
        },
        untried,
      ],
    });
    expect(await ask('agency', '/networks/internet/agencies')).toEqual({
      items: [
        {
          ...reached,
          result: 'reached',
          availability: { a: 4, b: 7, valueRatio: 4 / 7 },
          lastReachedAt: ago(10),
          outage: { start: ago(5) },
        },
        untried,
      ],
    });
    const page = await ask('admin', '/networks/wan/agencies?result=unknown&limit=1');
    expect([page.items[0].agencyCode, typeof page.next]).toEqual(['H47', 'string']);
  });
});

describe('GET /api/v1/networks/:id/agencies/:code', () => {
  it('names the receipts with their keys, and the targets to those who keep them', async () => {
    const { ask, register } = await asking();
    const shown = await ask('operator', '/networks/wan/agencies/H47.12?days=1');
    const receipt = { at: new Date(MONDAY_MS - 290_000).toISOString(), keyId: register.beaconKeyId, isCounted: true };
    const target = { kind: 'beacon', triedAt: ago(5), lastReachedAt: ago(5) };
    expect(shown).toEqual({
      agencyCode: 'H47.12',
      level: 'department',
      result: 'verified',
      availability: { a: 3, b: 3, valueRatio: 1 },
      rttSeconds: { median: seconds, p95: seconds },
      verifiedAt: ago(5),
      verifiedBy: register.beaconKeyId,
      lastReachedAt: ago(5),
      windowDays: 1,
      days: [
        { date: '2026-03-01', a: 0, b: 0, verifiedSlots: 0 },
        { date: '2026-03-02', a: 3, b: 3, valueRatio: 1, verifiedSlots: 1 },
      ],
      receipts: expect.arrayContaining([
        { ...receipt, observedAddress: '192.0.2.20', machineId: EXAMPLE_IDS.machine },
        { ...receipt, observedAddress: '192.0.2.21', machineId: expect.any(String) },
      ]),
      targets: [{ ...target, target: 'beacon+https://192.0.2.10:8643/' }],
      outages: [],
    });
    expect(shown.receipts.length).toBe(2);
    expect((await ask('agency', '/networks/wan/agencies/H47.12')).targets).toEqual([target]);
  });

  it('lists the outages of the window, newest first, and what the target answered', async () => {
    const { ask } = await asking();
    const shown = await ask('viewer', '/networks/internet/agencies/H47.12');
    const counts = { unknownSlots: 0, mostMachines: 3 };
    expect([shown.windowDays, shown.days.length, shown.outages]).toEqual([
      7,
      8,
      [
        { start: ago(5), downSlots: 1, ...counts },
        { start: ago(30), end: ago(20), downSlots: 2, ...counts },
      ],
    ]);
    expect(shown.targets).toEqual([
      {
        kind: 'https',
        triedAt: ago(5),
        lastReachedAt: ago(10),
        status: 200,
        certificateNotAfter: '2026-06-30T00:00:00.000Z',
        lastFailure: 'ETIMEDOUT',
      },
    ]);
  });

  it('is as if nothing were there for another agency, an unknown one, and a network that is unknown or was removed', async () => {
    const { refusal, server, register } = await asking();
    const headers = { authorization: `Bearer ${register.tokens.admin}` };
    expect(await refusal('stranger', '/networks/wan/agencies/H47.12')).toEqual([404, 'AGENCY_UNKNOWN']);
    expect(await refusal('admin', '/networks/wan/agencies/H47.99')).toEqual([404, 'AGENCY_UNKNOWN']);
    expect(await refusal('admin', '/networks/moon/agencies/H47.12')).toEqual([404, 'NETWORK_UNKNOWN']);
    expect(await refusal('admin', '/networks/lan/agencies/H47.12')).toEqual([200, undefined]);
    await server.inject({ method: 'DELETE', url: '/api/v1/networks/lan', headers });
    expect(await refusal('admin', '/networks/lan/agencies/H47.12')).toEqual([404, 'NETWORK_UNKNOWN']);
    expect(await refusal('admin', '/networks/lan/outages')).toEqual([404, 'NETWORK_UNKNOWN']);
  });

  it.each(['0', '32', '1e9', '-1', '1.5', 'Infinity', 'x', '9'.repeat(400)])('refuses %s days', async (days) => {
    const { refusal } = await asking();
    expect(await refusal('admin', `/networks/wan/agencies/H47.12?days=${days}`)).toEqual([400, 'REQUEST_INVALID']);
  });
});

describe('GET /api/v1/networks/:id/outages', () => {
  it('gives those of the scope, newest first, page by page', async () => {
    const { ask } = await asking();
    const lasting = { agencyCode: 'H47.12', level: 'department', start: ago(5) };
    const counts = { downSlots: 1, unknownSlots: 0, mostMachines: 3 };
    const first = await ask('viewer', '/networks/internet/outages?limit=1');
    expect(first.items).toEqual([{ ...lasting, ...counts }]);
    const second = await ask('viewer', `/networks/internet/outages?limit=1&cursor=${first.next}`);
    expect(second).toEqual({ items: [{ ...lasting, start: ago(30), end: ago(20), ...counts, downSlots: 2 }] });
    expect((await ask('agency', '/networks/internet/outages?lasting=true')).items).toEqual([{ ...lasting, ...counts }]);
    expect(await ask('stranger', '/networks/internet/outages')).toEqual({ items: [] });
    expect(await ask('admin', '/networks/internet/outages?level=commune')).toEqual({ items: [] });
    expect(await ask('admin', '/networks/wan/outages')).toEqual({ items: [] });
  });

  it('refuses a network that nobody made, and a filter that says nothing', async () => {
    const { refusal } = await asking();
    expect(await refusal('admin', '/networks/moon/outages')).toEqual([404, 'NETWORK_UNKNOWN']);
    expect(await refusal('admin', '/networks/wan/outages?lasting=maybe')).toEqual([400, 'REQUEST_INVALID']);
  });
});
