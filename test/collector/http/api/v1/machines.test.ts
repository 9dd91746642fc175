import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_IDS } from '#collector/http/api/v1/example-ids.ts';
import { type ExampleRegister, exampleCollector, fillExampleRegister } from '../example-register.ts';

const folder = mkdtempSync(join(tmpdir(), 'tramdo-test-'));
let register: ExampleRegister;

beforeAll(async () => {
  register = await fillExampleRegister(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function client(role: keyof ExampleRegister['tokens'] = 'admin') {
  const { server } = await exampleCollector(register);
  const headers = { authorization: `Bearer ${register.tokens[role]}` };
  return async (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: Record<string, unknown>) => {
    const answer = await server.inject({ method, url: `/api/v1${url}`, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
}

describe('GET /api/v1/machines', () => {
  it('gives every machine once over its pages, in a stable order', async () => {
    const ask = await client();
    const ids: string[] = [];
    for (let url: string | undefined = '/machines?limit=1'; url !== undefined; ) {
      const { body } = await ask('GET', url);
      ids.push(...body.items.map(({ machineId }: { machineId: string }) => machineId));
      url = body.next === undefined ? undefined : `/machines?limit=1&cursor=${body.next}`;
    }
    expect(new Set(ids).size).toBe(3);
    expect(ids).toEqual(
      (await ask('GET', '/machines')).body.items.map(({ machineId }: { machineId: string }) => machineId),
    );
  });

  it('chooses by kind, rule and tree', async () => {
    const ask = await client();
    const count = async (query: string) => (await ask('GET', `/machines?${query}`)).body.items.length;
    expect(await count('kind=laptop')).toBe(1);
    expect(await count('rule=firewall-on&verdict=pass')).toBe(3);
    expect(await count('rule=firewall-on')).toBe(0);
    expect([await count('agency=H47'), await count('agency=H47&subtree=true')]).toEqual([0, 3]);
  });

  it('refuses a cursor of another list', async () => {
    const ask = await client();
    const cursor = Buffer.from('[1,2,3]').toString('base64url');
    expect((await ask('GET', `/machines?cursor=${cursor}`)).status).toBe(400);
  });
});

describe('/api/v1/machines/{id}', () => {
  it('says why, in both languages', async () => {
    const ask = await client();
    const { body } = await ask('GET', `/machines/${EXAMPLE_IDS.machine}`);
    const firewall = body.verdicts.find(({ ruleId }: { ruleId: string }) => ruleId === 'firewall-on');
    expect(firewall.verdict).toBe('pass');
    expect(Object.keys(firewall.reason)).toEqual(['vi', 'en']);
    expect(body.agencies).toMatchObject([{ agencyCode: 'H47.12' }]);
  });

  it('is not there for another agency, to read or to change', async () => {
    const ask = await client('stranger');
    const id = EXAMPLE_IDS.machine;
    const answers = [
      await ask('GET', `/machines/${id}`),
      await ask('GET', `/machines/${id}/observations/firewall`),
      await ask('PATCH', `/machines/${id}/notes`, { location: 'x' }),
      await ask('POST', `/machines/${id}/move`, { toAgencyCode: 'H47.151' }),
      await ask('PUT', `/machines/${id}/retired`, { isRetired: true }),
      await ask('POST', `/machines/${id}/decision`, { decision: 'retire' }),
      await ask('PUT', `/assets/H47.12/${EXAMPLE_IDS.asset}/machine`, {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await ask('GET', '/machines')).body.items).toEqual([]);
    expect((await ask('GET', '/assets')).body.items).toEqual([]);
  });

  it('moves within the subtree of an agency and no further', async () => {
    const ask = await client('agency');
    const url = `/machines/${EXAMPLE_IDS.machine}/move`;
    expect((await ask('POST', url, { toAgencyCode: 'H47.151' })).body.code).toBe('AGENCY_UNKNOWN');
    expect((await ask('POST', url, { toAgencyCode: 'H47.12.01' })).status).toBe(204);
    const { body } = await ask('GET', `/machines/${EXAMPLE_IDS.machine}`);
    expect([body.agencyCode, body.moves.length]).toEqual(['H47.12.01', 1]);
  });

  it('forgets a note that is null and keeps the others', async () => {
    const ask = await client('agency');
    const url = `/machines/${EXAMPLE_IDS.machine}/notes`;
    await ask('PATCH', url, { location: 'Tầng 2', purpose: 'Văn phòng' });
    expect((await ask('PATCH', url, { purpose: null })).body).toEqual({ location: 'Tầng 2' });
  });
});
