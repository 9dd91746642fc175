import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { namedStoreError } from './store-error.ts';

/** Table in which kysely writes down what was applied. */
const APPLIED_TABLE = 'kysely_migration';

const nameRows = z.array(z.object({ name: z.string() }));

/** One change of the tables. */
export interface MigrationStatus {
  readonly name: string;
  /** `unknown`: a newer version of the collector applied it. */
  readonly state: 'applied' | 'pending' | 'unknown';
}

/**
 * Refuses a database that a newer version of the collector has changed.
 *
 * @throws {TramdoError} DATA_NEWER
 */
export async function refuseNewerTables<Tables>(db: Kysely<Tables>, file: string): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === APPLIED_TABLE)) return;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(APPLIED_TABLE)} order by name`.execute(db);
  const unknown = rows.find(({ name }) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown !== undefined) throw newer(file, unknown.name);
}

/**
 * Says which changes of the tables a SQLite database has; it is not touched.
 *
 * @returns sorted by name
 * @throws {TramdoError} DATA_MISSING, DATA_CORRUPT, STORE_UNAVAILABLE
 */
export function readMigrationStatus(file: string): readonly MigrationStatus[] {
  const applied = new Set(appliedIn(file));
  const names = [...new Set([...Object.keys(MIGRATIONS), ...applied])].toSorted();
  return names.map((name) => {
    if (!Object.hasOwn(MIGRATIONS, name)) return { name, state: 'unknown' };
    return { name, state: applied.has(name) ? 'applied' : 'pending' };
  });
}

function appliedIn(file: string): readonly string[] {
  return withReadOnly(file, (database) => {
    const table = database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(APPLIED_TABLE);
    if (table === undefined) return [];
    return nameRows.parse(database.prepare(`select name from ${APPLIED_TABLE}`).all()).map(({ name }) => name);
  });
}

/**
 * Looks through a whole SQLite database.
 *
 * @returns what is wrong, one sentence each; empty when nothing is
 * @throws {TramdoError} DATA_MISSING, DATA_CORRUPT, STORE_UNAVAILABLE
 */
export function databaseFaults(file: string): readonly string[] {
  return withReadOnly(file, (database) => {
    const damage = z.array(z.object({ integrity_check: z.string() })).parse(database.pragma('integrity_check(20)'));
    const orphans = z
      .array(z.object({ table: z.string(), parent: z.string() }))
      .parse(database.pragma('foreign_key_check'));
    return [
      ...damage.flatMap(({ integrity_check: text }) => (text === 'ok' ? [] : [text])),
      ...orphans.map(({ table, parent }) => `A row of ${table} names a row of ${parent} that is not there`),
    ];
  });
}

function withReadOnly<Result>(file: string, work: (database: Sqlite.Database) => Result): Result {
  if (!existsSync(file)) throw new TramdoError('DATA_MISSING', `Cannot find the database "${file}"`);
  try {
    const database = new Sqlite(file, { readonly: true, timeout: 5_000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  } catch (error) {
    throw namedStoreError(error, file);
  }
}

function newer(file: string, migration: string): TramdoError {
  return new TramdoError(
    'DATA_NEWER',
    `Cannot use the database "${file}" as a newer version of the collector has changed it: this one does not know "${migration}"`,
  );
}
