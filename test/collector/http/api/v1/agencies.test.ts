import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agencyRoutes } from '#collector/http/api/v1/agencies.ts';
import { agencyChangeRoutes } from '#collector/http/api/v1/agency-changes.ts';
import { agencyDeclarationRoutes } from '#collector/http/api/v1/agency-declarations.ts';
import { tagAnswers } from '#collector/http/api/v1/etag.ts';
import { COMMAND_LINE, type Principal, scopeOf } from '#collector/people/principal.ts';
import { RegisterDesk } from '#collector/register/register-desk.ts';
import { openStore } from '#collector/store/open-store.ts';
import { MONDAY_MS, temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { kitServer } from '../kit-server.ts';

const OWN: Principal = { kind: 'account', id: 'a1', name: 'agency-1', role: 'agency', agencyCode: 'H47.12' };
const OFFICIALS = { subject: 'officials', value: 10, asOf: '2026-01-01', source: 'QĐ 1' };

async function register() {
  const store = await openStore(join(temporaryFolder(), 'tramdo.sqlite'));
  onTestFinished(() => store.close());
  const desk = new RegisterDesk({ store, nowMs: () => MONDAY_MS });
  await desk.add(COMMAND_LINE, { code: 'H47', nameVi: 'Tỉnh', level: 'province' });
  for (const [code, nameVi] of [
    ['H47.12', 'Sở Y tế'],
    ['H47.13', 'Sở Nội vụ'],
    ['H47.14', 'Sở Xây dựng'],
  ] as const) {
    await desk.add(COMMAND_LINE, { code, nameVi, level: 'department', parentCode: 'H47' });
  }
  return desk;
}

async function server(principal: Principal = COMMAND_LINE) {
  const desk = await register();
  const state = await desk.state();
  return kitServer(
    async (kit) => {
      tagAnswers(kit);
      kit.addHook('onRequest', async (request) => {
        request.agencyScope = scopeOf(principal, state);
      });
      await agencyRoutes(kit, { register: desk });
      await agencyChangeRoutes(kit, { register: desk });
      await agencyDeclarationRoutes(kit, { register: desk });
    },
    () => principal,
  );
}

describe('GET /agencies', () => {
  it('gives pages in the order of codes', async () => {
    const kit = await server();
    const first = (await kit.inject('/agencies?limit=3')).json();
    const rest = (await kit.inject(`/agencies?limit=3&cursor=${first.next}`)).json();
    const codes = [first, rest].map(({ items }) => items.map(({ code }: { code: string }) => code));
    expect(codes).toEqual([['H47', 'H47.12', 'H47.13'], ['H47.14']]);
    expect(rest.next).toBeUndefined();
  });

  it.each([
    { query: 'level=department&text=so%20y%20te', want: ['H47.12'] },
    { query: 'parent=H47', want: ['H47.12', 'H47.13', 'H47.14'] },
    { query: 'text=DUNG', want: ['H47.14'] },
    { query: 'parent=H47.12', want: [] },
  ])('finds $want by $query', async ({ query, want }) => {
    const answer = (await (await server()).inject(`/agencies?${query}`)).json();
    expect(answer.items.map(({ code }: { code: string }) => code)).toEqual(want);
  });

  it('shows somebody with a scope no other agency', async () => {
    const kit = await server(OWN);
    const { items } = (await kit.inject('/agencies')).json();
    expect(items.map(({ code }: { code: string }) => code)).toEqual(['H47.12']);
    for (const url of ['/agencies/H47', '/agencies/H47.13/totals']) {
      expect((await kit.inject(url)).json()).toMatchObject({ status: 404, code: 'AGENCY_UNKNOWN' });
    }
  });
});

describe('GET /agencies/:code', () => {
  it('gives its numbers with day and source, and 304 to who has them', async () => {
    const kit = await server();
    await kit.inject({ method: 'PUT', url: '/agencies/H47.12/numbers', payload: { numbers: [OFFICIALS] } });
    const answer = await kit.inject('/agencies/000.12.H47');
    expect(answer.json()).toEqual({
      code: 'H47.12',
      nameVi: 'Sở Y tế',
      level: 'department',
      parentCode: 'H47',
      day: '2026-03-02',
      isValid: true,
      numbers: [OFFICIALS],
      items: [],
      versions: [{ code: 'H47.12', nameVi: 'Sở Y tế', level: 'department', parentCode: 'H47' }],
      predecessors: [],
      children: [],
    });
    const headers = { 'if-none-match': String(answer.headers['etag']) };
    expect((await kit.inject({ url: '/agencies/H47.12', headers })).statusCode).toBe(304);
  });

  it('gives totals of a day with who has not declared', async () => {
    const kit = await server();
    await kit.inject({ method: 'PUT', url: '/agencies/H47.12/numbers', payload: { numbers: [OFFICIALS] } });
    const { day, totals } = (await kit.inject('/agencies/H47/totals?at=2026-01-01')).json();
    expect(day).toBe('2026-01-01');
    expect(totals.find(({ subject }: { subject: string }) => subject === 'officials')).toEqual({
      subject: 'officials',
      value: 10,
      declaredCount: 1,
      missing: ['H47', 'H47.13', 'H47.14'],
    });
  });
});

describe('changes of agencies', () => {
  it('add, rename, merge and end agencies', async () => {
    const kit = await server();
    const added = { code: 'H47.15', nameVi: 'Sở Mới', level: 'department', parentCode: 'H47', validFrom: '2026-01-01' };
    expect((await kit.inject({ method: 'POST', url: '/agencies', payload: added })).statusCode).toBe(201);
    const { validFrom: _from, code: _code, ...form } = added;
    const renamed = await kit.inject({
      method: 'PUT',
      url: '/agencies/H47.15/form',
      payload: { ...form, nameVi: 'Sở Rất Mới' },
    });
    expect(renamed.json()).toMatchObject({ nameVi: 'Sở Rất Mới', versions: [{}, { from: '2026-03-02' }] });
    const order = { from: ['H47.12', 'H47.13'], on: '2026-03-02', sumSource: 'NQ 5' };
    const merged = await kit.inject({ method: 'POST', url: '/agencies/H47.15/merge', payload: order });
    expect(merged.json()).toMatchObject({ agency: { predecessors: ['H47.12', 'H47.13'] }, missing: [], kept: [] });
    const closed = await kit.inject({
      method: 'POST',
      url: '/agencies/H47.14/close',
      payload: { on: '2026-03-02', replacedBy: 'H47.15' },
    });
    expect(closed.json()).toMatchObject({ isValid: false, validTo: '2026-03-01', replacedBy: 'H47.15' });
    const open = { validFrom: '2026-01-01' };
    const reopened = (await kit.inject({ method: 'PUT', url: '/agencies/H47.14/validity', payload: open })).json();
    expect([reopened.isValid, reopened.validFrom, reopened.replacedBy]).toEqual([true, '2026-01-01', undefined]);
  });

  it('let an agency declare its own lines, but not those of another', async () => {
    const kit = await server(OWN);
    const line = { kind: 'line', itemId: 'main', asOf: '2026-01-01', source: 'HĐ 1' };
    const payload = { items: [{ ...line, lineKind: 'internet', capacityKbps: 1_000 }] };
    const kept = await kit.inject({ method: 'PUT', url: '/agencies/H47.12/items', payload });
    expect(kept.json().items).toEqual([
      { ...line, agencyCode: 'H47.12', lineKind: 'internet', capacityKbps: 1_000, hasEnded: false },
    ]);
    expect((await kit.inject({ method: 'PUT', url: '/agencies/H47.13/items', payload })).statusCode).toBe(404);
  });

  it('refuse what makes the tree wrong, with field, value and what is allowed', async () => {
    const kit = await server();
    const payload = { nameVi: 'x', level: 'commune', parentCode: 'H47.12' };
    const answer = await kit.inject({ method: 'PUT', url: '/agencies/H47.14/form', payload });
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'AGENCY_INVALID',
      detail: expect.stringContaining(
        'level: the level "commune" may not stand here, allowed is under: province, district',
      ),
    });
  });
});
