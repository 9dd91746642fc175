import { join } from 'node:path';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MIGRATIONS } from '#collector/store/migrations/index.ts';
import { openStore } from '#collector/store/open-store.ts';
import { openSqlite } from '#collector/store/sqlite-engine.ts';
import type { Tables } from '#collector/store/tables.ts';
import { temporaryFolder } from '../../ingest/reporting-machine.ts';

describe('0003-register', () => {
  it('makes an agency that is there its own first version', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    const old = new Kysely<Tables>({ dialect: openSqlite(file) });
    const migrator = new Migrator({ db: old, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    await migrator.migrateTo('0002-releases');
    const row = { code: 'H47', name_vi: 'Tỉnh', name_en: 'Province', level: 'province', parent_code: null };
    await old
      .insertInto('agencies')
      .values({ ...row, valid_from: '2025-07-01', valid_to: null, replaced_by: null })
      .execute();
    await old.destroy();
    const store = await openStore(file);
    onTestFinished(() => store.close());
    const form = { code: 'H47', nameVi: 'Tỉnh', nameEn: 'Province', level: 'province' };
    expect(await store.register.facts()).toEqual({
      agencies: [{ ...form, validFrom: '2025-07-01' }],
      versions: [form],
      numbers: [],
      items: [],
    });
  });
});
