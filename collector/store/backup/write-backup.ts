import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { namedStoreError } from '../store-error.ts';
import { sealFile } from './backup-seal.ts';
import { readKeptFiles } from './kept-files.ts';
import { BACKUP_APPLICATION_ID, BACKUP_FORMAT, type BackupContents, readBackup, sha256Of } from './read-backup.ts';
import { countRows, differingCounts, type RowCounts } from './row-counts.ts';

/** What to back up, and where to. */
export interface BackupOrder {
  /** Path of the SQLite database; a collector may be writing to it. */
  readonly database: string;
  readonly dataFolder: string;
  /** Path of the backup. */
  readonly target: string;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/** How long the copy waits for another process, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Copies the rest in one step: see {@link copyDatabase}. */
const ALL_PAGES = 0x7f_ff_ff_ff;

/** Endings of what SQLite puts beside the file it writes. */
const SIDE_FILES = ['', '-journal', '-wal', '-shm'];

/**
 * Copies the database and everything beside it that a restored collector needs into one file, mode 0600, opens it again
 * and checks all of it. The name appears only once the file is whole, checked and synced to disk.
 *
 * @throws {TramdoError} BACKUP_EXISTS, BACKUP_FOLDER_UNUSABLE, BACKUP_INVALID, DATA_MISSING, DATA_CORRUPT, DISK_FULL,
 * STORE_UNAVAILABLE
 */
export async function writeBackup(order: BackupOrder): Promise<BackupContents> {
  const { database, target } = order;
  if (!existsSync(database)) {
    throw new TramdoError('DATA_MISSING', `Cannot back up as there is no database "${database}"`);
  }
  refuseExisting(target);
  const draft = `${target}.${process.pid}.draft`;
  try {
    // Made by us, so that nobody else can read it from its first byte on.
    closeSync(openSync(draft, 'wx', 0o600));
    const rowCounts = await copyDatabase(database, draft);
    addFiles(draft, order, rowCounts);
    sealFile(draft);
    const contents = readBackup(draft);
    refuseLostRows(target, rowCounts, contents.rowCounts);
    refuseExisting(target);
    publish(draft, target);
    return contents;
  } catch (error) {
    throw namedBackupError(error, draft, order);
  } finally {
    for (const ending of SIDE_FILES) rmSync(`${draft}${ending}`, { force: true });
  }
}

/**
 * Copies by SQLite's backup interface out of one read transaction: it sees one state however much is written meanwhile,
 * never begins again, and in WAL mode no writer waits for it (sqlite.org/wal.html, sqlite.org/c3ref/backup_finish.html).
 *
 * @returns the rows of that state
 */
async function copyDatabase(database: string, draft: string): Promise<RowCounts> {
  const source = new Sqlite(database, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    source.exec('begin');
    const rowCounts = countRows(source);
    await source.backup(draft, { progress: () => ALL_PAGES });
    source.exec('commit');
    return rowCounts;
  } finally {
    source.close();
  }
}

function addFiles(draft: string, { dataFolder, nowMs }: BackupOrder, rowCounts: RowCounts): void {
  const copy = new Sqlite(draft);
  try {
    // One file in the end: a copy of a database with a write-ahead log begins with one, too.
    copy.pragma('journal_mode = DELETE');
    copy.pragma('synchronous = FULL');
    copy.transaction(() => {
      copy.pragma(`application_id = ${BACKUP_APPLICATION_ID}`);
      copy.exec(
        'create table backup_meta (format integer not null, made_at_ms integer not null, row_counts text not null)',
      );
      copy.exec(
        'create table backup_files (name text primary key, mode integer not null, content blob not null, sha256 text not null)',
      );
      copy.prepare('insert into backup_meta values (?, ?, ?)').run(BACKUP_FORMAT, nowMs, JSON.stringify(rowCounts));
      const insert = copy.prepare('insert into backup_files values (?, ?, ?, ?)');
      for (const { name, mode, content } of readKeptFiles(dataFolder))
        insert.run(name, mode, content, sha256Of(content));
    })();
  } finally {
    copy.close();
  }
}

function refuseLostRows(target: string, source: RowCounts, copied: RowCounts): void {
  const [difference] = differingCounts(source, copied);
  if (difference === undefined) return;
  throw new TramdoError(
    'BACKUP_INVALID',
    `Cannot keep the backup "${target}" as it lost rows, had and has ${difference}`,
  );
}

function refuseExisting(target: string): void {
  if (!existsSync(target)) return;
  throw new TramdoError('BACKUP_EXISTS', `Cannot write the backup as "${target}" exists already: choose another name`);
}

/** A change of names lasts through a power cut once the folder itself was synced. */
function publish(draft: string, target: string): void {
  renameSync(draft, target);
  const folder = openSync(dirname(target), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function namedBackupError(error: unknown, draft: string, { database, target }: BackupOrder): unknown {
  if (error instanceof TramdoError) return error;
  const code = systemCodeOf(error);
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return new TramdoError('DISK_FULL', `Cannot write the backup "${target}" as its disk is full`, { cause: error });
  }
  if (code?.startsWith('SQLITE_') === true && existsSync(draft)) return namedStoreError(error, database);
  return new TramdoError('BACKUP_FOLDER_UNUSABLE', `Cannot write the backup "${target}": ${messageOf(error)}`, {
    cause: error,
  });
}
