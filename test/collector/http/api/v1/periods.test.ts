import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { periodRoutes } from '#collector/http/api/v1/periods.ts';
import { sealRoutes } from '#collector/http/api/v1/seals.ts';
import { COMMAND_LINE, type Principal } from '#collector/people/principal.ts';
import { sha256Of } from '#collector/periods/seal-record.ts';
import { department, group, numbers } from '../../../indicators/province.ts';
import { periodDesk, periodStore, quarterFacts } from '../../../periods/period-rig.ts';
import { kitServer } from '../kit-server.ts';

const OWN: Principal = { kind: 'token', id: 't1', name: 'agency-1', role: 'agency', agencyCode: 'H47.03' };
const STRANGER: Principal = { ...OWN, agencyCode: 'H47.99' };

/** Two agencies with a machine each; whoever asks says who it is by the header `as`. */
async function rig() {
  const { desk, live } = periodDesk(await periodStore(), { countConflicts: async () => 3 });
  const other = { code: 'H47.03', nameVi: 'Sở Xây dựng', numbers: numbers({ computers: 1 }) };
  live.facts = quarterFacts({
    register: { day: '2026-09-30', agencies: [department(), department(other)] },
    groups: [group({ machineIds: ['foreign-pc'] }), group({ agencyCode: 'H47.03', machineIds: ['own-pc'] })],
  });
  const people = new Map([
    ['agency', OWN],
    ['stranger', STRANGER],
  ]);
  const server = await kitServer(
    async (kit) => {
      await periodRoutes(kit, { periods: desk });
      await sealRoutes(kit, { periods: desk });
    },
    (headers) => people.get(String(headers['as'])) ?? COMMAND_LINE,
  );
  const seal = (payload: object, period = '2026-Q3') =>
    server.inject({ method: 'POST', url: `/periods/${period}/seals`, payload });
  const get = (url: string, as = 'admin', headers = {}) => server.inject({ url, headers: { as, ...headers } });
  return { server, seal, get, desk };
}

describe('POST /periods/:period/seals', () => {
  it('seals what was reviewed, once, and corrects by naming the seal and a reason', async () => {
    const { seal, get } = await rig();
    const draft = (await get('/periods/2026-Q3/draft')).json();
    const first = await seal({ contentHash: draft.contentHash, note: 'báo cáo quý' });
    expect([first.statusCode, first.json()]).toEqual([
      201,
      expect.objectContaining({ seq: 1, sealedAt: '2026-10-01T01:00:00.000Z', contentHash: draft.contentHash }),
    ]);
    expect((await seal({})).json()).toMatchObject({ status: 409, code: 'PERIOD_SEALED' });
    expect((await seal({ correctsSeq: 1 })).json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect((await seal({ correctsSeq: 1, reason: 'bổ sung' })).json()).toMatchObject({ seq: 2, replacesSeq: 1 });
    const { items } = (await get('/periods?period=2026-Q3&limit=1')).json();
    expect(items.map(({ seq }: { seq: number }) => seq)).toEqual([2]);
    expect((await get('/seals/verification')).json()).toMatchObject({ isWhole: true, seals: [{ seq: 1 }, { seq: 2 }] });
    expect((await get('/seals/1/comparison')).json()).toMatchObject({ isSame: true, differenceCount: 0 });
  });

  it.each([
    { period: '2026', code: 'PERIOD_NOT_ENDED' },
    { period: '2026-13', code: 'PERIOD_INVALID' },
  ])('answers $code for $period', async ({ period, code }) => {
    const { seal } = await rig();
    expect((await seal({}, period)).json()).toMatchObject({ code });
  });
});

describe('periods for somebody of one agency', () => {
  it('tell of that agency alone, in the draft, the figures and every file', async () => {
    const { seal, get } = await rig();
    await seal({});
    const answers = await Promise.all(
      [
        '/periods/2026-Q3/draft',
        '/periods/2026-Q3/draft/file?format=csv&table=units',
        '/seals/1',
        '/seals/1/figures?limit=500',
        '/seals/1/file?format=json',
        '/seals/1/file?format=csv',
        '/seals/1/file?format=csv&table=units',
      ].map((url) => get(url, 'agency')),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 200, 200]);
    for (const { body } of answers) {
      expect(body).not.toMatch(/H47\.02|foreign-pc|Sở Y tế/);
      expect(body).toContain('H47.03');
    }
    const sheets = await readExcelFile((await get('/seals/1/file?format=xlsx', 'agency')).rawPayload);
    expect(JSON.stringify(sheets)).not.toMatch(/H47\.02|foreign-pc|Sở Y tế/);
    expect(answers[0]?.json().warnings.map(({ code }: { code: string }) => code)).not.toContain('conflicts-open');
  });

  it('are not there for an agency that the register of that day does not have, and never sealed or compared', async () => {
    const { seal, get, server } = await rig();
    await seal({});
    const foreign = await get('/seals/1/figures?agency=H47.02', 'agency');
    expect(foreign.json()).toMatchObject({ status: 404, code: 'AGENCY_UNKNOWN' });
    expect((await get('/seals/1', 'stranger')).json()).toMatchObject({ status: 404, code: 'SEAL_UNKNOWN' });
    expect((await get('/periods/2026-Q3/draft', 'stranger')).json()).toMatchObject({ code: 'AGENCY_UNKNOWN' });
    const sealing = { method: 'POST', url: '/periods/2026-09/seals', headers: { as: 'agency' }, payload: {} } as const;
    expect((await server.inject(sealing)).json()).toMatchObject({ status: 403, code: 'ACCESS_FORBIDDEN' });
    expect((await get('/seals/1/comparison', 'agency')).json()).toMatchObject({ code: 'ACCESS_FORBIDDEN' });
  });
});

describe('GET /seals/:seq/file', () => {
  it('hands the sealed bytes out under a name, and nothing again to whoever has them', async () => {
    const { seal, get } = await rig();
    const { contentHash } = (await seal({})).json();
    const file = await get('/seals/1/file?format=json');
    expect(sha256Of(file.body)).toBe(contentHash);
    expect(file.headers).toMatchObject({
      'content-disposition': 'attachment; filename="tramdo-2026-Q3-catalogue-2026-seal-1.json"',
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-cache',
    });
    const etag = String(file.headers.etag);
    const again = await get('/seals/1/file?format=json', 'admin', { 'if-none-match': etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/seals/1/file?format=csv', 'admin', { 'if-none-match': etag })).statusCode).toBe(200);
    expect((await get('/seals/1/file?format=json', 'agency', { 'if-none-match': etag })).statusCode).toBe(200);
    expect((await get('/seals/9/file?format=json')).json()).toMatchObject({ code: 'SEAL_UNKNOWN' });
    expect((await get('/seals/1/file?format=pdf')).json()).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('gives a CSV that spreadsheets read', async () => {
    const { seal, get } = await rig();
    await seal({});
    const rows: string[][] = parse((await get('/seals/1/file?format=csv&lang=en')).body, { bom: true });
    const own = rows.find((row) => row[4] === 'H47.03' && row[7] === 'Agency alone' && row[8] === 'antivirus');
    expect(own?.slice(10, 15)).toEqual(['1', '1', '100.00%', '%', '0']);
  });
});

describe('GET /seals/:seq/figures', () => {
  it('pages through the figures in one order, whole', async () => {
    const { seal, get } = await rig();
    await seal({});
    const all = (await get('/seals/1/figures?limit=500')).json().items;
    const paged: unknown[] = [];
    for (let url = '/seals/1/figures?limit=40'; url !== ''; ) {
      const page = (await get(url)).json();
      paged.push(...page.items);
      url = page.next === undefined ? '' : `/seals/1/figures?limit=40&cursor=${page.next}`;
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(40);
  });
});
