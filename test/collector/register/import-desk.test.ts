import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import type { ImportFile } from '#collector/register/import/plan-file.ts';
import { ImportDesk } from '#collector/register/import-desk.ts';
import { registerAt, subtreeOf } from '#collector/register/register-state.ts';
import { openStore } from '#collector/store/open-store.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

const HEADINGS = 'Mã định danh;Tên cơ quan;Cấp;Mã cơ quan cấp trên;Số CBCCVC;Ngày số liệu;Nguồn';

async function opened() {
  const store = await openStore(join(temporaryFolder(), 'tramdo.sqlite'));
  onTestFinished(() => store.close());
  const desk = new ImportDesk({ store, productIds: ['kaspersky'], nowMs: () => MONDAY_MS });
  const apply = async (file: ImportFile) => await desk.apply(COMMAND_LINE, file);
  return { store, desk, apply };
}

function csv(...rows: readonly string[]): ImportFile {
  return { name: 'tep.csv', bytes: Buffer.from([HEADINGS, ...rows].join('\n')) };
}

function sample(name: string): ImportFile {
  return { name, bytes: readFileSync(join(import.meta.dirname, '../../../docs/samples', name)) };
}

const PROVINCE = 'Y99;Tỉnh Mẫu;tỉnh;;;;';
const DEPARTMENT = 'Y99.12;Sở Mẫu;sở;Y99;50;01/01/2026;BC 1';

describe('ImportDesk', () => {
  it('writes nothing in a dry run', async () => {
    const { store, desk } = await opened();
    const result = await desk.check(COMMAND_LINE, csv(PROVINCE, DEPARTMENT));
    expect(result).toMatchObject({ isDryRun: true, problemCount: 0, tables: [{ addedCount: 2 }] });
    expect([result.importId, await store.agencies.list(), await store.imports.list({ limit: 9 })]).toEqual([
      undefined,
      [],
      [],
    ]);
  });

  it('applies a file whole, and the same file again changes nothing', async () => {
    const { store, desk, apply } = await opened();
    const { importId = '', sha256 } = await apply(csv(PROVINCE, DEPARTMENT));
    const [, department] = registerAt(await store.register.facts(), '2026-03-02').agencies;
    expect(department).toMatchObject({ nameVi: 'Sở Mẫu', numbers: { officials: { value: 50, source: 'BC 1' } } });
    const counts = { table: 'agencies', lineCount: 2, addedCount: 2, changedCount: 0, unchangedCount: 0 };
    const actor = { kind: 'command', id: '', name: 'command line' };
    const record = { id: importId, atMs: MONDAY_MS, actor, fileName: 'tep.csv', sha256, tables: [counts] };
    expect(await desk.list({ limit: 9 })).toEqual([record]);
    const again = await apply(csv(PROVINCE, DEPARTMENT));
    expect(again).toMatchObject({ problemCount: 0, tables: [{ addedCount: 0, changedCount: 0, unchangedCount: 2 }] });
    expect([again.importId, (await desk.list({ limit: 9 })).length]).toEqual([undefined, 1]);
  });

  it('imports nothing of a file with one problem', async () => {
    const { store, apply } = await opened();
    const result = await apply(csv(PROVINCE, DEPARTMENT, 'Y99.13;Sở Hai;sở;Y98;;;'));
    expect([result.problemCount, result.importId, await store.agencies.list()]).toEqual([1, undefined, []]);
  });

  it('takes an import back: what it added goes, what it changed is as before', async () => {
    const { store, desk, apply } = await opened();
    await apply(csv(PROVINCE, DEPARTMENT));
    const before = await store.register.facts();
    const second = csv('Y99.12;Sở Mẫu mới;sở;Y99;60;01/01/2026;BC 2', 'Y99.13;Sở Hai;sở;Y99;5;01/01/2026;BC 2');
    const { importId = '' } = await apply(second);
    expect(await store.register.facts()).not.toEqual(before);
    await desk.undo(COMMAND_LINE, importId);
    expect(await store.register.facts()).toEqual(before);
    expect(await desk.find(importId)).toMatchObject({ undoneAtMs: MONDAY_MS, undoneBy: 'command line' });
    expect((await store.audit.list({ limit: 9 })).map(({ action, target }) => [action, target])).toEqual([
      ['import.undo', importId],
      ['import.apply', importId],
      ['import.apply', expect.any(String)],
    ]);
    await expect(desk.undo(COMMAND_LINE, importId)).rejects.toMatchObject({ code: 'IMPORT_CHANGED_SINCE' });
  });

  it('does not take back what was changed or built upon since, and names the rows', async () => {
    const { store, desk, apply } = await opened();
    const { importId = '' } = await apply(csv(PROVINCE, DEPARTMENT, 'Y99.13;Sở Hai;sở;Y99;;;'));
    const number = {
      agencyCode: 'Y99.12',
      subject: 'officials',
      value: 51,
      asOf: '2026-01-01',
      source: 'BC 3',
    } as const;
    await store.register.save({ numbers: [number] });
    await apply(csv('Y99.13.1;Trung tâm;đơn vị;Y99.13;;;'));
    const refusal = {
      code: 'IMPORT_CHANGED_SINCE',
      message: expect.stringMatching(/line 3 \(Y99\.12 officials\).*Y99\.13\.1/),
    };
    await expect(desk.undo(COMMAND_LINE, importId)).rejects.toMatchObject(refusal);
    expect((await store.agencies.list()).length).toBe(4);
    await expect(desk.undo(COMMAND_LINE, 'none')).rejects.toMatchObject({ code: 'IMPORT_UNKNOWN' });
  });

  it('does not take an agency back that machines may join already', async () => {
    const { store, desk, apply } = await opened();
    const { importId = '' } = await apply(csv(PROVINCE));
    await store.tokens.add({ id: 't', agencyCode: 'Y99', createdAtMs: 1, expiresAtMs: 2, useCount: 0 }, 'hash');
    await expect(desk.undo(COMMAND_LINE, importId)).rejects.toThrow(/Y99/);
  });

  it('takes asset lists back, too', async () => {
    const { store, desk, apply } = await opened();
    await apply(csv(PROVINCE));
    const list = (row: string) => ({
      name: 'may.csv',
      bytes: Buffer.from(`Mã định danh;Mã tài sản;Tên máy\n${row}\n`),
    });
    await apply(list('Y99;A1;PC-1'));
    const before = await store.declaredMachines.list();
    const { importId = '' } = await apply(list('Y99;A1;PC-9\nY99;A2;PC-2'));
    expect((await store.declaredMachines.list()).map(({ hostName }) => hostName)).toEqual(['PC-9', 'PC-2']);
    await desk.undo(COMMAND_LINE, importId);
    expect(await store.declaredMachines.list()).toEqual(before);
  });

  it('lets an agency import its own numbers and machines only', async () => {
    const { desk, apply } = await opened();
    await apply(csv(PROVINCE, DEPARTMENT));
    const actor = { kind: 'account', id: 'a', name: 'agency-1', role: 'agency', agencyCode: 'Y99.12' } as const;
    const file = (code: string) => ({ name: 'x', bytes: Buffer.from(`Mã định danh;Số CBCCVC\n${code};7\n`) });
    expect((await desk.apply(actor, file('Y99.12'))).importId).toEqual(expect.any(String));
    expect((await desk.apply(actor, file('Y99'))).problemCount).toBe(1);
    expect((await desk.apply(actor, csv(DEPARTMENT))).problems.map(({ code }) => code)).toEqual(['table-forbidden']);
  });

  it('loads 5,000 agencies with their numbers within 3 seconds', async () => {
    const { apply } = await opened();
    const headings = `${HEADINGS};Số máy tính;Số máy tính độc lập;Có mạng LAN;Cán bộ chuyên trách CNTT;Cán bộ chuyên trách ATTT`;
    const rows = Array.from({ length: 4_999 }, (_, index) =>
      index < 500
        ? `Y99.${index};Sở Mẫu ${index};sở;Y99;1.234;01/01/2026;BC;1.250;3;có;2;1`
        : `Y99.${index % 500}.${index};Đơn vị ${index};đơn vị;Y99.${index % 500};12;01/01/2026;BC;12;0;không;0;0`,
    );
    const bytes = Buffer.from([headings, PROVINCE, ...rows].join('\n'));
    const before = process.cpuUsage();
    const result = await apply({ name: 'lon.csv', bytes });
    const { user, system } = process.cpuUsage(before);
    expect(result).toMatchObject({ problemCount: 0, tables: [{ addedCount: 5_000 }] });
    // Time on a processor, which a busy computer does not lengthen; in microseconds.
    expect(user + system).toBeLessThan(3_000_000);
  });
});

describe('the samples', () => {
  it('load one over the other: districts and communes end, and what replaces them takes their sums over', async () => {
    const { store, apply } = await opened();
    expect((await apply(sample('tinh-truoc-1-7-2025.csv'))).problemCount).toBe(0);
    const after = await apply(sample('tinh-sau-1-7-2025.csv'));
    expect(after).toMatchObject({ problemCount: 0, tables: [{ warningCount: 0, unchangedCount: 19 }] });
    const facts = await store.register.facts();
    const [before, since] = ['2025-06-30', '2025-07-01'].map((day) => {
      const state = registerAt(facts, day);
      const count = (level: string) => state.agencies.filter((agency) => agency.level === level).length;
      const communes = state.agencies.filter(({ level }) => level === 'commune');
      const codes = new Set(communes.flatMap(({ code }) => [...subtreeOf(state, code)]));
      const officials = state.agencies
        .filter(({ code }) => codes.has(code))
        .reduce((sum, { numbers }) => sum + (numbers.officials?.value ?? 0), 0);
      return {
        counts: ['department', 'district', 'commune'].map(count),
        treeSize: subtreeOf(state, 'Y99').size,
        officials,
      };
    });
    expect(before).toEqual({ counts: [20, 18, 241], treeSize: 280, officials: since?.officials });
    expect(since).toMatchObject({ counts: [20, 0, 100], treeSize: 460 });
    const replaced = facts.agencies.filter(({ replacedBy }) => replacedBy !== undefined);
    expect([replaced.length, new Set(replaced.map(({ replacedBy }) => replacedBy)).size]).toEqual([241, 100]);
  });

  it('load by themselves, with lines and systems behind', async () => {
    const { apply } = await opened();
    const names = ['tinh-sau-1-7-2025.csv', 'tinh-sau-1-7-2025-duong-truyen.csv', 'tinh-sau-1-7-2025-he-thong.csv'];
    const added: number[] = [];
    for (const name of names) {
      const { problemCount, tables } = await apply(sample(name));
      expect(problemCount).toBe(0);
      added.push(...tables.map(({ addedCount }) => addedCount));
    }
    expect(added).toEqual([719, 240, 20]);
  });
});
