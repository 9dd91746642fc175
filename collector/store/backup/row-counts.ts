import type Sqlite from 'better-sqlite3';
import { z } from 'zod';

/** Rows by table, sorted by table. */
export type RowCounts = Readonly<Record<string, number>>;

/** Tables that only a backup has. */
export const BACKUP_TABLES = ['backup_files', 'backup_meta'] as const;

const tableRows = z.array(z.object({ name: z.string() }));
const countRow = z.object({ count: z.int() });

/** Counts the rows of every table but SQLite's own and those a backup adds. */
export function countRows(database: Sqlite.Database): RowCounts {
  const rows = database
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
    )
    .all();
  const tables = tableRows.parse(rows).filter(({ name }) => !BACKUP_TABLES.some((added) => added === name));
  return Object.fromEntries(tables.map(({ name }) => [name, countOf(database, name)]));
}

/** Tables whose counts differ, with both counts; empty when none does. */
export function differingCounts(one: RowCounts, other: RowCounts): readonly string[] {
  const tables = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  return tables
    .filter((table) => one[table] !== other[table])
    .map((table) => `${table}: ${one[table] ?? 'none'} and ${other[table] ?? 'none'}`);
}

function countOf(database: Sqlite.Database, table: string): number {
  return countRow.parse(database.prepare(`select count(*) as count from "${table.replaceAll('"', '""')}"`).get()).count;
}
