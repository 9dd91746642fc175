import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { linkOf, sha256Of } from '#collector/periods/seal-record.ts';
import { openStore } from '#collector/store/open-store.ts';
import { packDocument } from '#collector/store/period-store.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const SEAL = linkOf({
  seq: 1,
  periodId: '2026-Q3',
  setId: 'catalogue-2026',
  sealedAtMs: 1_000,
  sealedBy: { kind: 'command', id: '', name: 'command line' },
  contentHash: sha256Of('{}'),
  previousHash: '',
});

/** A database file with one seal; the store is closed. */
async function sealedFile(document = packDocument('{}')): Promise<string> {
  const file = join(temporaryFolder(), 'tramdo.sqlite');
  const store = await openStore(file);
  await store.periods.append(SEAL, await document);
  await store.close();
  return file;
}

describe('period_seals', () => {
  it.each([
    `update period_seals set note = 'x'`,
    'delete from period_seals',
    `insert or replace into period_seals select seq, 'x', set_id, 0, sealed_by, note, replaces_seq, reason, 'x', previous_hash, 'x', document from period_seals`,
    `insert into period_seals select * from period_seals where true on conflict (seq) do update set note = 'x'`,
  ])('cannot be changed even by whoever writes SQL: %s', async (statement) => {
    const file = await sealedFile();
    const database = new Sqlite(file);
    expect(() => database.exec(statement)).toThrow('Rows of period_seals can only be added');
    expect(database.prepare('select period_id from period_seals').all()).toEqual([{ period_id: '2026-Q3' }]);
    database.close();
  });
});

describe('PeriodStore.document()', () => {
  it('names a document that is no longer readable', async () => {
    const store = await openStore(await sealedFile(Promise.resolve(Buffer.from('nonsense'))));
    await expect(store.periods.document(1)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
    await store.close();
  });
});
