import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseFaults, readMigrationStatus } from '#collector/store/migration-status.ts';
import { MIGRATIONS } from '#collector/store/migrations/index.ts';
import { openStore } from '#collector/store/open-store.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

async function database(...statements: string[]): Promise<string> {
  const file = join(temporaryFolder(), 'tramdo.sqlite');
  await (await openStore(file)).close();
  const raw = new Sqlite(file);
  raw.pragma('foreign_keys = off');
  for (const statement of statements) raw.exec(statement);
  raw.close();
  return file;
}

const FUTURE = "insert into kysely_migration values ('9999-future', '2030-01-01')";

describe('readMigrationStatus()', () => {
  it('says what was applied, what is to come and what only a newer version knows', async () => {
    const names = Object.keys(MIGRATIONS).toSorted();
    const last = names.at(-1) ?? '';
    const file = await database(FUTURE, `delete from kysely_migration where name = '${last}'`);
    const states = readMigrationStatus(file).map(({ name, state }) => `${name} ${state}`);
    expect(states).toEqual([
      ...names.slice(0, -1).map((name) => `${name} applied`),
      `${last} pending`,
      '9999-future unknown',
    ]);
  });

  it('makes no database where there is none', () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    expect(() => readMigrationStatus(file)).toThrow(expect.objectContaining({ code: 'DATA_MISSING' }));
    expect(existsSync(file)).toBe(false);
  });
});

describe('refuseNewerTables()', () => {
  it('refuses to open what a newer version has changed', async () => {
    const file = await database(FUTURE);
    await expect(openStore(file)).rejects.toMatchObject({
      code: 'DATA_NEWER',
      message: expect.stringContaining('this one does not know "9999-future"'),
    });
  });
});

describe('databaseFaults()', () => {
  it('finds nothing in a sound database', async () => {
    expect(databaseFaults(await database())).toEqual([]);
  });

  it('finds a row that names another one that is gone', async () => {
    const file = await database("insert into declared_numbers values ('H99', 'officials', '2026-01-01', 1, 'x')");
    expect(databaseFaults(file)).toEqual(['A row of declared_numbers names a row of agencies that is not there']);
  });

  it('names a file that is no database', () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    writeFileSync(file, 'nonsense '.repeat(1_000));
    expect(() => databaseFaults(file)).toThrow(expect.objectContaining({ code: 'DATA_CORRUPT' }));
  });
});
