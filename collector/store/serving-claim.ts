import { closeSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { systemCodeOf, TramdoError } from '#shared/errors.ts';
import { pause } from './pause.ts';
import { namedStoreError } from './store-error.ts';

/** Ending of the claim beside the database. */
const ENDING = '-serving';

/** How often, and after how many milliseconds, who lost looks again for the name of who won at the same moment. */
const LOOKS = 50;
const PAUSE_MS = 20;

/** How long a claim waits for those who read it to finish, milliseconds. */
const READERS_MS = 5_000;

const holderRow = z.object({ pid: z.int() }).optional();

/** A database that this process serves from, and no other one. */
export interface ServingClaim {
  /** Lets another process serve. */
  release(): void;
}

/**
 * Claims a SQLite database for serving, so that two collectors never serve from one; commands beside a server need no
 * claim.
 *
 * The claim is a write lock on a small SQLite file beside the database: the system takes it away when its process ends,
 * however it ends, so that nothing is left over after a crash or a power cut. Readers may look who holds it.
 *
 * @throws {TramdoError} DATA_IN_USE, which names the process; DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export function claimServing(database: string, pid: number): ServingClaim {
  const file = `${database}${ENDING}`;
  try {
    closeSync(openSync(file, 'a', 0o600));
    const claim = new Sqlite(file, { timeout: 0 });
    try {
      claim.exec('begin immediate');
      // From here it is ours unless another one takes it after the commit; who lost may be reading whose it is.
      claim.pragma(`busy_timeout = ${READERS_MS}`);
      noteHolder(claim, pid);
      claim.pragma('busy_timeout = 0');
      claim.exec('begin immediate');
      return { release: () => void claim.close() };
    } catch (error) {
      claim.close();
      throw error;
    }
  } catch (error) {
    const code = systemCodeOf(error) ?? '';
    if (code.startsWith('SQLITE_BUSY')) throw inUse(database, servingPid(database));
    if (!code.startsWith('SQLITE_')) {
      throw new TramdoError('DATA_FOLDER_UNUSABLE', `Cannot write "${file}": ${code}`, { cause: error });
    }
    throw namedStoreError(error, database);
  }
}

/** Ends the transaction; a collector must be able to start on a full disk, where the claim stays without a name. */
function noteHolder(claim: Sqlite.Database, pid: number): void {
  try {
    claim.exec('create table if not exists holder (pid integer not null); delete from holder');
    claim.prepare('insert into holder values (?)').run(pid);
    claim.exec('commit');
  } catch (error) {
    if (systemCodeOf(error) !== 'SQLITE_FULL') throw error;
    if (claim.inTransaction) claim.exec('rollback');
  }
}

function inUse(database: string, pid: number | undefined): TramdoError {
  const who = pid === undefined ? 'another collector' : `the collector with the process id ${pid}`;
  return new TramdoError('DATA_IN_USE', `Cannot serve as ${who} serves from "${database}": stop it first`);
}

/** The process that wrote the claim last; undefined when it never did, as on a full disk. */
function servingPid(database: string): number | undefined {
  for (let look = 0; look < LOOKS; look += 1) {
    const pid = writtenPid(database);
    if (pid !== undefined) return pid;
    pause(PAUSE_MS);
  }
  return undefined;
}

function writtenPid(database: string): number | undefined {
  const claim = new Sqlite(`${database}${ENDING}`, { readonly: true, timeout: 500 });
  try {
    return holderRow.parse(claim.prepare('select pid from holder').get())?.pid;
  } catch {
    // It is being written, or it was left half by a power cut.
    return undefined;
  } finally {
    claim.close();
  }
}
