import { describe, expect, it } from 'vitest';
import { MONDAY_MS, temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

async function asking() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  const ask = async (who: keyof typeof register.tokens, url: string) =>
    (
      await server.inject({ url: `/api/v1${url}`, headers: { authorization: `Bearer ${register.tokens[who]}` } })
    ).json();
  return { ask, register };
}

describe('/api/v1/networks', () => {
  it('counts agencies by result, and tells addresses only to those who keep them', async () => {
    const { ask, register } = await asking();
    const network = {
      id: 'wan',
      name: 'Mạng WAN của tỉnh',
      kind: 'wan',
      origin: 'settings',
      since: new Date(MONDAY_MS).toISOString(),
      beaconKeyIds: [register.beaconKeyId],
      isTranslated: false,
      isMetered: false,
      isLimited: false,
    };
    expect((await ask('admin', '/networks')).items[0]).toEqual({
      ...network,
      targets: ['beacon+https://192.0.2.10:8643/'],
      cidrs: [],
      beaconKeys: [expect.objectContaining({ kty: 'EC' })],
      changedBy: 'settings file',
      agencies: [
        { level: 'commune', result: 'unknown', agencyCount: 2 },
        { level: 'department', result: 'verified', agencyCount: 1 },
        { level: 'province', result: 'unknown', agencyCount: 1 },
        { level: 'unit', result: 'unknown', agencyCount: 1 },
      ],
    });
    expect((await ask('stranger', '/networks')).items[0]).toEqual({
      ...network,
      agencies: [{ level: 'commune', result: 'unknown', agencyCount: 1 }],
    });
  });
});
