import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { pause } from './pause.ts';
import { namedStoreError } from './store-error.ts';

/** How long a statement waits for another process (a command beside the server) that writes, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Pause before the lock is asked for again, in milliseconds. */
const PAUSE_MS = 50;

/** Largest file that is checked whole when it is opened, in bytes: the check reads every page. */
const MAX_CHECKED_BYTES = 64 * 1_048_576;

const MAX_CACHED_STATEMENTS = 256;

/**
 * Opens a SQLite file as a kysely dialect: WAL, every commit synced to disk, foreign keys enforced, file mode 0600.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL, STORE_UNAVAILABLE
 */
export function openSqlite(file: string): Dialect {
  createPrivately(file);
  try {
    const database = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    switchToWal(database);
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('cache_size = -32000');
    // A server has a thread for checkpoints (checkpointer.ts): from here only when the log has grown to 128 MB.
    database.pragma('wal_autocheckpoint = 32000');
    database.pragma('journal_size_limit = 67108864');
    refuseDamaged(database, file);
    return new TransactionalSqlite({ database: new GuardedSqlite(database, file) });
  } catch (error) {
    throw namedStoreError(error, file);
  }
}

/** SQLite does not wait for the lock that this switch needs (sqlite.org/wal.html): two first starts would collide. */
function switchToWal(database: Sqlite.Database): void {
  for (let triesLeft = BUSY_TIMEOUT_MS / PAUSE_MS; ; triesLeft -= 1) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (triesLeft <= 0 || systemCodeOf(error)?.startsWith('SQLITE_BUSY') !== true) throw error;
      pause(PAUSE_MS);
    }
  }
}

function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw new TramdoError('DATA_FOLDER_UNUSABLE', `Cannot write the database "${file}": ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function refuseDamaged(database: Sqlite.Database, file: string): void {
  database.prepare('select count(*) from sqlite_master').get();
  if (statSync(file).size > MAX_CHECKED_BYTES) return;
  const result = database.pragma('quick_check(1)', { simple: true });
  if (result === 'ok') return;
  database.close();
  throw new TramdoError('DATA_CORRUPT', `Cannot use the database "${file}" as it is damaged: ${String(result)}`);
}

/**
 * SQLite changes tables within a transaction as PostgreSQL does (sqlite.org/lang_transaction.html), though kysely does
 * not count on it: so a start that is killed half way, or two at once, leaves whole tables.
 */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** What kysely needs of a SQLite database: statements prepared once, transactions that take the write lock at once. */
class GuardedSqlite implements SqliteDatabase {
  readonly #database: Sqlite.Database;
  readonly #file: string;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: Sqlite.Database, file: string) {
    this.#database = database;
    this.#file = file;
  }

  prepare(text: string): SqliteStatement {
    if (text === 'rollback' && !this.#database.inTransaction) return NOTHING_TO_ROLL_BACK;
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    // A transaction that reads first and writes then must not be refused because another process wrote in between.
    const statement = this.#guarded(text === 'begin' ? 'begin immediate' : text);
    if (this.#statements.size >= MAX_CACHED_STATEMENTS) this.#statements.clear();
    this.#statements.set(text, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #guarded(text: string): SqliteStatement {
    const file = this.#file;
    const named = <Result>(run: () => Result): Result => {
      try {
        return run();
      } catch (error) {
        throw namedStoreError(error, file);
      }
    };
    const statement = named(() => this.#database.prepare(text));
    return {
      reader: statement.reader,
      all: (parameters) => named(() => statement.all(...parameters)),
      run: (parameters) => named(() => statement.run(...parameters)),
      iterate: (parameters) => statement.iterate(...parameters),
    };
  }
}

/** SQLite has rolled back by itself after some errors; saying so again would hide the error that matters. */
const NOTHING_TO_ROLL_BACK: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};
