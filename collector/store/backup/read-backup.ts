import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { checkSeal, readPart, SEAL_BYTES } from './backup-seal.ts';
import { isKeptName, type KeptFile } from './kept-files.ts';
import { countRows, differingCounts, type RowCounts } from './row-counts.ts';

/** Form of the tables that a backup adds; a reader refuses a higher one. */
export const BACKUP_FORMAT = 1;

/** SQLite's application_id of a backup, so that `file` and we know one: "TrmB". */
export const BACKUP_APPLICATION_ID = 0x54_72_6d_42;

/** How every SQLite file begins (sqlite.org/fileformat.html). */
const SQLITE_HEADER = 'SQLite format 3\0';

/** What a whole backup holds. */
export interface BackupContents {
  /** Epoch milliseconds of the state that was copied. */
  readonly madeAtMs: number;
  readonly bytes: number;
  readonly rowCounts: RowCounts;
  /** Sorted by name. */
  readonly files: readonly KeptFile[];
}

const metaRow = z.object({ format: z.int(), made_at_ms: z.int(), row_counts: z.string() });
const fileRows = z.array(
  z.object({ name: z.string(), mode: z.int(), content: z.instanceof(Buffer), sha256: z.string() }),
);
const nameRows = z.array(z.object({ name: z.string() }));
const rowCountText = z.record(z.string(), z.int());

/**
 * Opens a backup and checks all of it: the seal over every byte, SQLite's own check of the database, every file's
 * hash, and the number of rows of every table.
 *
 * @throws {TramdoError} BACKUP_INVALID, BACKUP_FOLDER_UNUSABLE when it cannot be read, DATA_NEWER
 */
export function readBackup(file: string): BackupContents {
  refuseUnsealed(file);
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    return checkedContents(database, file);
  } catch (error) {
    if (error instanceof TramdoError) throw error;
    throw invalid(file, messageOf(error), error);
  } finally {
    database.close();
  }
}

function refuseUnsealed(file: string): void {
  const state = readable(file, () => checkSeal(file));
  if (state === 'whole') return;
  if (state === 'damaged') throw invalid(file, 'its content does not fit the checksum at its end, so it was damaged');
  if (
    statSync(file).size < SEAL_BYTES ||
    readPart(file, 0, SQLITE_HEADER.length).toString('latin1') !== SQLITE_HEADER
  ) {
    throw invalid(file, 'it is no file that the command `backup` wrote');
  }
  const begins = isMarked(file) ? 'its end is missing, so it was cut off' : 'it is a SQLite database, but no backup';
  throw invalid(file, begins);
}

/** The application_id stands at byte 68 of a SQLite file. */
function isMarked(file: string): boolean {
  const field = readPart(file, 68, 4);
  return field.length === 4 && field.readUInt32BE() === BACKUP_APPLICATION_ID;
}

function readable<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const why = systemCodeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw new TramdoError('BACKUP_FOLDER_UNUSABLE', `Cannot read the backup "${file}": ${why}`, { cause: error });
  }
}

function checkedContents(database: Sqlite.Database, file: string): BackupContents {
  const meta = metaRow.parse(database.prepare('select format, made_at_ms, row_counts from backup_meta').get());
  refuseNewer(database, file, meta.format);
  const damage = database.pragma('integrity_check(1)', { simple: true });
  if (damage !== 'ok') throw invalid(file, `its database is damaged: ${String(damage)}`);
  const rowCounts = rowCountText.parse(JSON.parse(meta.row_counts));
  const [difference] = differingCounts(rowCounts, countRows(database));
  if (difference !== undefined) throw invalid(file, `a table has lost rows, expected and found ${difference}`);
  const rows = database.prepare('select name, mode, content, sha256 from backup_files order by name').all();
  const files = fileRows.parse(rows).map(({ name, mode, content, sha256 }) => {
    if (!isKeptName(name)) throw invalid(file, `"${name}" is no file of a data folder`);
    if (sha256Of(content) !== sha256) throw invalid(file, `"${name}" does not fit its checksum`);
    return { name, mode, content };
  });
  return { madeAtMs: meta.made_at_ms, bytes: statSync(file).size, rowCounts, files };
}

function refuseNewer(database: Sqlite.Database, file: string, format: number): void {
  const applied = nameRows.parse(database.prepare('select name from kysely_migration order by name').all());
  const unknown = applied.find(({ name }) => !Object.hasOwn(MIGRATIONS, name));
  if (format <= BACKUP_FORMAT && unknown === undefined) return;
  const what = unknown === undefined ? `format ${format}` : `the tables of "${unknown.name}"`;
  throw new TramdoError(
    'DATA_NEWER',
    `Cannot use the backup "${file}" as a newer version of the collector made it: it has ${what}, which this one does not know`,
  );
}

/** SHA-256 of a file's content, hexadecimal. */
export function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function invalid(file: string, why: string, cause?: unknown): TramdoError {
  return new TramdoError('BACKUP_INVALID', `Cannot use "${file}" as a backup: ${why}`, { cause });
}
