import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { importRoutes } from '#collector/http/api/v1/imports.ts';
import { COMMAND_LINE, type Principal } from '#collector/people/principal.ts';
import { MAX_FILE_BYTES } from '#collector/register/import/import-limits.ts';
import { ImportDesk } from '#collector/register/import-desk.ts';
import { openStore } from '#collector/store/open-store.ts';
import { MONDAY_MS, temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { kitServer } from '../kit-server.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const GOOD = 'Mã định danh;Tên cơ quan;Cấp\nY99;Tỉnh Mẫu;tỉnh\n';

async function opened(principal: Principal = COMMAND_LINE) {
  const store = await openStore(join(temporaryFolder(), 'tramdo.sqlite'));
  onTestFinished(() => store.close());
  const imports = new ImportDesk({ store, productIds: [], nowMs: () => MONDAY_MS });
  const server = await kitServer(
    (kit) => importRoutes(kit, { imports }),
    () => principal,
  );
  const post = (payload: string | Buffer, query = '', type = 'text/csv') =>
    server.inject({ method: 'POST', url: `/imports${query}`, headers: { 'content-type': type }, payload });
  return { server, store, post };
}

describe('POST /imports', () => {
  it('tries a file and says what is wrong, in both languages', async () => {
    const { post, store } = await opened();
    const answer = await post('Mã định danh;Tên cơ quan;Cấp\nY99;;xở\n', '?dryRun=true&fileName=a.csv');
    expect(answer.statusCode).toBe(200);
    const { tables, ...rest } = answer.json();
    expect(rest).toMatchObject({ fileName: 'a.csv', isDryRun: true, problems: [], problemCount: 2 });
    expect(tables[0].problems[1]).toEqual({
      line: 2,
      columnLetter: 'C',
      column: 'Cấp',
      value: 'xở',
      code: 'choice-unknown',
      text: { vi: expect.stringContaining('Không hiểu "xở"'), en: expect.stringContaining('Cannot read "xở"') },
    });
    expect(await store.agencies.list()).toEqual([]);
  });

  it('loads CSV and XLSX, lists imports by pages, and takes one back', async () => {
    const { server, store, post } = await opened();
    const first = (await post(GOOD, '?fileName=a.csv')).json();
    const workbook = await writeExcelFile([
      {
        sheet: 'Cơ quan',
        data: [
          ['Mã định danh', 'Tên cơ quan', 'Cấp', 'Cấp trên'],
          ['Y99.1', 'Sở Mẫu', 'Sở', 'Y99'],
        ],
      },
    ]).toBuffer();
    const second = (await post(workbook, '?asOf=2026-01-01&source=BC%201', XLSX)).json();
    expect((await store.agencies.list()).map(({ code }) => code)).toEqual(['Y99', 'Y99.1']);
    const page = (await server.inject('/imports?limit=1')).json();
    expect([page.items.length, page.next]).toEqual([1, expect.any(String)]);
    const next = (await server.inject(`/imports?limit=1&cursor=${page.next}`)).json();
    const ids = [...page.items, ...next.items].map(({ id }: { id: string }) => id);
    expect(ids.toSorted()).toEqual([first.importId, second.importId].toSorted());
    const undone = await server.inject({ method: 'POST', url: `/imports/${second.importId}/undo` });
    expect(undone.json()).toMatchObject({ id: second.importId, undoneAt: '2026-03-02T02:00:00.000Z' });
    expect((await server.inject(`/imports/${second.importId}`)).json()).toEqual(undone.json());
    expect((await store.agencies.list()).map(({ code }) => code)).toEqual(['Y99']);
  });

  it.each([
    { name: 'a file with problems', query: '', payload: 'Mã định danh;Số CBCCVC\nY99;1\n', code: 'IMPORT_REFUSED' },
    { name: 'an unknown query field', query: '?dryrun=true', payload: GOOD, code: 'REQUEST_INVALID' },
    { name: 'a table that is none', query: '?table=x', payload: GOOD, code: 'REQUEST_INVALID' },
    { name: 'a day that is none', query: '?asOf=2026-02-30', payload: GOOD, code: 'REQUEST_INVALID' },
  ])('refuses $name with $code', async ({ query, payload, code }) => {
    const { post, store } = await opened();
    expect((await post(payload, query)).json()).toMatchObject({ code });
    expect(await store.imports.list({ limit: 1 })).toEqual([]);
  });

  it('refuses other media types, and bodies beyond the bound', async () => {
    const { post } = await opened();
    expect((await post('{}', '', 'application/json')).statusCode).toBe(400);
    expect((await post('x', '', 'text/html')).statusCode).toBe(415);
    expect((await post(Buffer.alloc(MAX_FILE_BYTES + 1, 0x61))).statusCode).toBe(413);
  });
});

describe('GET /imports', () => {
  it('answers 404 for an import that is none', async () => {
    const { server } = await opened();
    const url = '/imports/019cac00-0000-7000-8000-000000000009';
    expect((await server.inject(url)).json()).toMatchObject({ code: 'IMPORT_UNKNOWN', status: 404 });
  });

  it('gives templates', async () => {
    const { server } = await opened();
    const csv = await server.inject('/imports/template?format=csv&table=lines');
    expect(csv.headers['content-disposition']).toBe('attachment; filename="tramdo-lines.csv"');
    expect(csv.body).toContain('Mã đường truyền');
    const xlsx = await server.inject('/imports/template');
    expect([xlsx.headers['content-type'], xlsx.rawPayload.subarray(0, 2).toString()]).toEqual([XLSX, 'PK']);
  });
});
