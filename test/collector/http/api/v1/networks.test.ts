import { describe, expect, it } from 'vitest';
import { MONDAY_MS, temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

async function asking() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  return async (who: keyof typeof register.tokens, url: string) =>
    (
      await server.inject({ url: `/api/v1${url}`, headers: { authorization: `Bearer ${register.tokens[who]}` } })
    ).json();
}

describe('/api/v1/networks', () => {
  it('counts agencies by result, and tells addresses only to those who keep them', async () => {
    const ask = await asking();
    const network = {
      id: 'wan',
      name: 'Mạng WAN của tỉnh',
      kind: 'wan',
      origin: 'settings',
      since: new Date(MONDAY_MS).toISOString(),
      isTranslated: false,
      isMetered: false,
      isLimited: false,
    };
    expect((await ask('admin', '/networks')).items[0]).toEqual({
      ...network,
      targets: ['tcp://192.0.2.10:443'],
      cidrs: [],
      beaconKeys: [],
      changedBy: 'settings file',
      agencies: [
        { level: 'commune', result: 'unknown', agencyCount: 2 },
        { level: 'department', result: 'reached', agencyCount: 1 },
        { level: 'province', result: 'unknown', agencyCount: 1 },
        { level: 'unit', result: 'unknown', agencyCount: 1 },
      ],
    });
    expect((await ask('stranger', '/networks')).items[0]).toEqual({
      ...network,
      agencies: [{ level: 'commune', result: 'unknown', agencyCount: 1 }],
    });
  });

  it('gives the pair of counts beside an availability, and none where nobody tried', async () => {
    const ask = await asking();
    expect(await ask('agency', '/networks/wan/agencies')).toEqual({
      items: [
        {
          agencyCode: 'H47.12',
          level: 'department',
          result: 'reached',
          availability: { a: 3, b: 3, valueRatio: 1 },
          rttSeconds: expect.any(Object),
        },
        { agencyCode: 'H47.12.01', level: 'unit', result: 'unknown', availability: { a: 0, b: 0 } },
      ],
    });
    const page = await ask('admin', '/networks/wan/agencies?result=unknown&limit=1');
    expect([page.items[0].agencyCode, typeof page.next]).toEqual(['H47', 'string']);
  });
});
