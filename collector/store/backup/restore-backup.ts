import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { SEAL_BYTES } from './backup-seal.ts';
import type { KeptFile } from './kept-files.ts';
import { type BackupContents, readBackup } from './read-backup.ts';
import { BACKUP_TABLES } from './row-counts.ts';

/** What to restore, and where to. */
export interface RestoreOrder {
  /** Path of the backup; it stays as it is. */
  readonly file: string;
  readonly dataFolder: string;
  /** Path that the database will have. */
  readonly database: string;
}

/**
 * Restores a backup into a data folder without data. The database comes last and under its name only when it is whole,
 * so that a restore that was cut short can be run again.
 *
 * @returns what was restored
 * @throws {TramdoError} those of {@link readBackup}, DATA_EXISTS, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export function restoreBackup(order: RestoreOrder): BackupContents {
  const { file, dataFolder, database } = order;
  const contents = readBackup(file);
  refuseData(order, contents.files);
  const draft = `${database}.${process.pid}.restored`;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    chmodSync(dataFolder, 0o700);
    mkdirSync(dirname(database), { recursive: true, mode: 0o700 });
    for (const kept of contents.files) restoreFile(dataFolder, kept);
    copyFileSync(file, draft);
    chmodSync(draft, 0o600);
    truncateSync(draft, statSync(draft).size - SEAL_BYTES);
    takeOutOfBackup(draft);
    renameSync(draft, database);
    syncPath(dirname(database));
    return contents;
  } catch (error) {
    const code = systemCodeOf(error);
    const isFull = code === 'ENOSPC' || code === 'SQLITE_FULL';
    throw new TramdoError(
      isFull ? 'DISK_FULL' : 'DATA_FOLDER_UNUSABLE',
      `Cannot restore into "${dataFolder}": ${messageOf(error)}`,
      { cause: error },
    );
  } finally {
    for (const ending of ['', '-journal']) rmSync(`${draft}${ending}`, { force: true });
  }
}

/** What is there already stays: a folder of another collector must not get the data of this one. */
function refuseData({ dataFolder, database }: RestoreOrder, files: readonly KeptFile[]): void {
  for (const path of [database, `${database}-wal`]) {
    if (existsSync(path)) throw dataExists(dataFolder, `it holds the database "${path}"`);
  }
  for (const { name, content } of files) {
    const path = join(dataFolder, name);
    if (existsSync(path) && !readFileSync(path).equals(content)) {
      throw dataExists(dataFolder, `it holds another "${path}" than the backup`);
    }
  }
}

function dataExists(dataFolder: string, why: string): TramdoError {
  return new TramdoError('DATA_EXISTS', `Cannot restore into "${dataFolder}" as ${why}: choose an empty folder`);
}

function restoreFile(dataFolder: string, { name, mode, content }: KeptFile): void {
  const path = join(dataFolder, name);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const handle = openSync(path, 'w', mode);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(path, mode);
  syncPath(dirname(path));
}

/** Takes away what only a backup has; nobody stays signed in who signed out since, and no link is good a second time. */
function takeOutOfBackup(draft: string): void {
  const database = new Sqlite(draft);
  try {
    database.transaction(() => {
      for (const table of BACKUP_TABLES) database.exec(`drop table ${table}`);
      for (const table of ['sessions', 'set_up_links']) {
        if (hasTable(database, table)) database.exec(`delete from ${table}`);
      }
      database.pragma('application_id = 0');
    })();
  } finally {
    database.close();
  }
  syncPath(draft);
}

/** A backup of an early version knows no accounts yet. */
function hasTable(database: Sqlite.Database, table: string): boolean {
  return database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table) !== undefined;
}

function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
