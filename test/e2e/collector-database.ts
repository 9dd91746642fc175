import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';

const standing = z.object({ last_seq: z.int(), report_count: z.int() });
const seqs = z.array(z.object({ seq: z.int() }));
const probes = z.array(z.object({ probe_id: z.string(), value: z.string().nullable() }));

/** What the database itself says of a machine, whatever the collector answers. */
export interface StoredMachine {
  readonly lastSeq: number;
  readonly reportCount: number;
  /** Newest value of every probe by its id, as JSON text; null where the probe failed. */
  readonly values: ReadonlyMap<string, string | null>;
  /** Numbers of the reports that changed the probe, in the order of arrival. */
  historyOf(probeId: string): readonly number[];
}

/** Reads a machine from the SQLite file, which a collector may have open. */
export function storedMachine(dataFolder: string, machineId: string): StoredMachine {
  const rows = (statement: string, ...parameters: readonly string[]) =>
    withDatabase(dataFolder, (database) => database.prepare(statement).all(machineId, ...parameters));
  const [row] = rows('select last_seq, report_count from machine_states where machine_id = ?');
  const { last_seq, report_count } = standing.parse(row);
  const found = probes.parse(rows('select probe_id, value from observations where machine_id = ? order by probe_id'));
  return {
    lastSeq: last_seq,
    reportCount: report_count,
    values: new Map(found.map(({ probe_id, value }) => [probe_id, value])),
    historyOf: (probeId) =>
      seqs
        .parse(
          rows('select seq from observation_history where machine_id = ? and probe_id = ? order by rowid', probeId),
        )
        .map(({ seq }) => seq),
  };
}

function withDatabase<Result>(dataFolder: string, work: (database: Sqlite.Database) => Result): Result {
  const database = new Sqlite(join(dataFolder, 'tramdo.sqlite'), { readonly: true, timeout: 5_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Makes the collector believe that a machine has hardware of its own, so that another one on this PC is another one. */
export function giveOtherHardware(dataFolder: string, machineId: string): void {
  const fingerprint = machineId.replaceAll('-', '').padEnd(43, '0');
  changeMachine(dataFolder, 'update machines set fingerprint = ? where machine_id = ?', [fingerprint, machineId]);
}

/** Makes a machine one that joined at this instant, epoch milliseconds; the collector must not have heard of it yet. */
export function letHaveJoinedAt(dataFolder: string, machineId: string, atMs: number): void {
  changeMachine(dataFolder, 'update machines set enrolled_at_ms = ? where machine_id = ?', [atMs, machineId]);
}

function changeMachine(dataFolder: string, statement: string, parameters: readonly (string | number)[]): void {
  const database = new Sqlite(join(dataFolder, 'tramdo.sqlite'), { timeout: 5_000 });
  try {
    const { changes } = database.prepare(statement).run(...parameters);
    if (changes !== 1) throw new Error(`${changes} machines were changed, where one should be`);
  } finally {
    database.close();
  }
}
