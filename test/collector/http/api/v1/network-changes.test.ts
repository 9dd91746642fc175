import { describe, expect, it } from 'vitest';
import { planNetwork } from '#shared/plan.ts';
import { MONDAY_MS, temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

const TSLCD = {
  id: 'tslcd',
  name: 'Mạng TSLCD cấp II',
  kind: 'tslcd',
  targets: ['tcp://198.51.100.20:443'],
  cidrs: ['198.51.100.0/24'],
  isMetered: true,
};

async function rig() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
  return async (who: keyof typeof register.tokens, method: Method, url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${register.tokens[who]}` };
    const sent = payload === undefined ? {} : { payload };
    const answer = await server.inject({ method, url: `/api/v1${url}`, headers, ...sent });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
}

describe('changes under /api/v1/networks', () => {
  it('adds, replaces and removes, and shows what stands at once', async () => {
    const ask = await rig();
    const common = { origin: 'people', since: new Date(MONDAY_MS).toISOString(), changedBy: 'admin' };
    const flags = { isTranslated: false, isMetered: true, isLimited: false, beaconKeys: [], beaconKeyIds: [] };
    const added = await ask('admin', 'POST', '/networks', TSLCD);
    expect([added.status, added.body]).toEqual([201, { ...TSLCD, ...flags, ...common }]);
    const replaced = await ask('admin', 'PUT', '/networks/tslcd', { ...TSLCD, name: 'TSLCD', isMetered: false });
    expect([replaced.status, replaced.body]).toEqual([
      200,
      { ...TSLCD, ...flags, ...common, name: 'TSLCD', isMetered: false },
    ]);
    const idsOf = async () => (await ask('viewer', 'GET', '/networks')).body.items.map((one: { id: string }) => one.id);
    expect(await idsOf()).toEqual(['wan', 'internet', 'lan', 'tslcd']);
    expect((await ask('stranger', 'GET', '/networks/tslcd')).body).toEqual({
      ...planNetwork.pick({ id: true, kind: true }).parse(TSLCD),
      name: 'TSLCD',
      origin: 'people',
      since: common.since,
      beaconKeyIds: [],
      isTranslated: false,
      isMetered: false,
      isLimited: false,
      agencies: [{ level: 'commune', result: 'unknown', agencyCount: 1 }],
    });
    expect((await ask('admin', 'DELETE', '/networks/tslcd')).status).toBe(204);
    expect((await ask('admin', 'GET', '/networks/tslcd')).body.code).toBe('NETWORK_UNKNOWN');
    const lines = (await ask('admin', 'GET', '/audit?limit=3')).body.items;
    expect(lines.map(({ action, target, actor }: Line) => [action, target, actor.name])).toEqual([
      ['network.remove', 'tslcd', 'admin'],
      ['network.set', 'tslcd', 'admin'],
      ['network.add', 'tslcd', 'admin'],
    ]);
  });

  it('is for nobody but an administrator', async () => {
    const ask = await rig();
    for (const who of ['operator', 'agency', 'viewer'] as const) {
      expect((await ask(who, 'POST', '/networks', TSLCD)).body.code).toBe('ACCESS_FORBIDDEN');
      expect((await ask(who, 'PUT', '/networks/lan', { ...TSLCD, id: 'lan' })).body.code).toBe('ACCESS_FORBIDDEN');
      expect((await ask(who, 'DELETE', '/networks/lan')).body.code).toBe('ACCESS_FORBIDDEN');
    }
  });

  it('names the field and what is allowed of a network that cannot be', async () => {
    const ask = await rig();
    const { status, body } = await ask('admin', 'POST', '/networks', { ...TSLCD, targets: ['tcp://198.51.100.20'] });
    expect([status, body.code, body.errors]).toEqual([
      400,
      'REQUEST_INVALID',
      [
        {
          in: 'body',
          pointer: '#/targets/0',
          value: '"tcp://198.51.100.20"',
          detail: 'must be tcp://host:port and nothing more',
        },
      ],
    ]);
  });
});

interface Line {
  readonly action: string;
  readonly target: string;
  readonly actor: { readonly name: string };
}
