import { expect, it } from 'vitest';
import type { ImportChange } from '#collector/register/import/import-change.ts';
import type { ImportRecord } from '#collector/register/import-record.ts';
import type { Store } from '#collector/store/store.ts';

const RECORD: ImportRecord = {
  id: '019cac00-0000-7000-8000-000000000001',
  atMs: 1_000,
  actor: { kind: 'account', id: 'a', name: 'admin-1' },
  fileName: 'tep.csv',
  sha256: 'a'.repeat(64),
  tables: [{ table: 'agencies', lineCount: 2, addedCount: 1, changedCount: 1, unchangedCount: 0 }],
};

const AGENCY = { code: 'H47.12', nameVi: 'Sở Tài chính', level: 'department' } as const;
const NUMBER = { agencyCode: 'H47.12', subject: 'officials', value: 1, asOf: '2026-01-01', source: 'BC 1' } as const;
const MACHINE = {
  agencyCode: 'H47.12',
  assetId: 'A1',
  isStandAlone: false,
  asOf: '2026-01-01',
  source: 'BB 1',
} as const;
const ITEM = {
  kind: 'solution',
  agencyCode: 'H47.12',
  itemId: 'nas',
  solutionType: 'nas',
  asOf: '2026-01-01',
  source: 'BC 1',
  hasEnded: false,
} as const;

/** What every store must do with imports. */
export function describeImports(open: () => Promise<Store>): void {
  it('gives the changes of every kind back as they were applied, however many', async () => {
    const { imports } = await open();
    const kinds: readonly ImportChange[] = [
      { kind: 'agency', line: 2, after: AGENCY },
      { kind: 'version', line: 2, before: AGENCY, after: { ...AGENCY, from: '2026-01-01' } },
      { kind: 'number', line: 3, before: NUMBER, after: { ...NUMBER, value: 2 } },
      { kind: 'item', line: 4, after: ITEM },
      { kind: 'machine', line: 5, before: MACHINE, after: { ...MACHINE, hostName: 'PC-1' } },
    ];
    const all = Array.from({ length: 40 }, () => kinds).flat();
    await imports.add(RECORD, all);
    expect(await imports.changes(RECORD.id)).toEqual(all);
    expect(await imports.changes('none')).toEqual([]);
  });

  it('lists imports newest first, and notes which one holds no more', async () => {
    const { imports } = await open();
    const second = { ...RECORD, id: RECORD.id.replace(/1$/, '2') };
    await imports.add(RECORD, []);
    await imports.add(second, []);
    await imports.markUndone(second.id, 2_000, 'admin-2');
    const undone = { ...second, undoneAtMs: 2_000, undoneBy: 'admin-2' };
    expect(await imports.list({ limit: 5 })).toEqual([undone, RECORD]);
    expect(await imports.list({ limit: 1, beforeId: second.id })).toEqual([RECORD]);
    expect(await imports.find(second.id)).toEqual(undone);
    expect(await imports.find('none')).toBeUndefined();
  });

  it('names agencies that machines or join tokens belong to', async () => {
    const store = await open();
    await store.agencies.add(AGENCY);
    await store.agencies.add({ ...AGENCY, code: 'H47.13' });
    await store.tokens.add({ id: 't', agencyCode: 'H47.13', createdAtMs: 1, expiresAtMs: 2, useCount: 0 }, 'hash');
    expect(await store.imports.agenciesInUse(['H47.12', 'H47.13', 'H47.14'])).toEqual(['H47.13']);
  });
}
