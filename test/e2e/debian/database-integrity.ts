import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** What SQLite says of the whole database of a collector, which may have it open: `ok` when nothing is damaged. */
export function databaseIntegrity(dataFolder: string): string {
  const database = new Sqlite(join(dataFolder, 'tramdo.sqlite'), { readonly: true, timeout: 5_000 });
  try {
    return String(database.pragma('integrity_check', { simple: true }));
  } finally {
    database.close();
  }
}
