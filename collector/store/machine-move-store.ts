import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A change of agency. */
export interface MachineMove {
  readonly machineId: string;
  readonly fromCode: string;
  readonly toCode: string;
  /** When it was done, epoch milliseconds. */
  readonly atMs: number;
  /** From when on the machine counts for the new agency, epoch milliseconds; not after `atMs`. */
  readonly sinceMs: number;
  /** Name for people of whoever did it. */
  readonly movedBy: string;
}

/** Where machines belong. */
export interface MachineMoveStore {
  /**
   * Takes everything that is kept of a machine to another agency, and its history from `sinceMs` on; call it within a
   * transaction. How the machine was counted before stays with the agency it was counted for.
   */
  move(move: MachineMove): Promise<void>;
  /** Newest first. */
  movesOf(machineId: string): Promise<readonly MachineMove[]>;
}

/** Tables whose rows go with the machine; `machine_spans` is cut instead. */
const GOES_ALONG = [
  'machines',
  'machine_states',
  'machine_verdicts',
  'machine_events',
  'machine_months',
  'machine_place_months',
  'machine_notes',
  'machine_moves',
  'machine_fingerprints',
  'machine_keys',
  'machine_conflicts',
  'newest_receipts',
  'observations',
  'observation_history',
] as const;

/** The queries of moves. */
export function createMachineMoveStore(db: Kysely<Tables>): MachineMoveStore {
  return {
    async move(move) {
      const { machineId, fromCode, toCode } = move;
      for (const table of GOES_ALONG) {
        await db
          .updateTable(table)
          .set({ agency_code: toCode })
          .where(sql<SqlBool>`agency_code = ${fromCode} and machine_id = ${machineId}`)
          .execute();
      }
      await cutSpans(db, move);
      await db
        .insertInto('machine_moves')
        .values({
          agency_code: toCode,
          machine_id: machineId,
          at_ms: move.atMs,
          since_ms: move.sinceMs,
          from_code: fromCode,
          to_code: toCode,
          moved_by: move.movedBy,
        })
        .execute();
    },
    async movesOf(machineId) {
      const rows = await db
        .selectFrom('machine_moves')
        .selectAll()
        .where('machine_id', '=', machineId)
        .orderBy('at_ms', 'desc')
        .execute();
      return rows.map((row) => ({
        machineId,
        fromCode: row.from_code,
        toCode: row.to_code,
        atMs: row.at_ms,
        sinceMs: row.since_ms,
        movedBy: row.moved_by,
      }));
    },
  };
}

/** The span that holds across `sinceMs` is parted in two; later ones count for the new agency. */
async function cutSpans(db: Kysely<Tables>, { machineId, fromCode, toCode, sinceMs }: MachineMove): Promise<void> {
  const across = db
    .selectFrom('machine_spans')
    .select([
      sql<string>`cast(${toCode} as text)`.as('agency_code'),
      'machine_id',
      sql<number>`cast(${sinceMs} as bigint)`.as('from_ms'),
      'to_ms',
      'kind',
    ])
    .select(['verdict_key_id', 'antivirus_key_id', 'is_retired'])
    .where('machine_id', '=', machineId)
    .where('agency_code', '=', fromCode)
    .where('from_ms', '<', sinceMs)
    .where('to_ms', '>', sinceMs);
  await db
    .insertInto('machine_spans')
    .columns([
      ...(['agency_code', 'machine_id', 'from_ms', 'to_ms', 'kind'] as const),
      ...(['verdict_key_id', 'antivirus_key_id', 'is_retired'] as const),
    ])
    .expression(across)
    .execute();
  await db
    .updateTable('machine_spans')
    .set({ to_ms: sinceMs })
    .where('machine_id', '=', machineId)
    .where('agency_code', '=', fromCode)
    .where('from_ms', '<', sinceMs)
    .where('to_ms', '>', sinceMs)
    .execute();
  await db
    .updateTable('machine_spans')
    .set({ agency_code: toCode })
    .where('machine_id', '=', machineId)
    .where('agency_code', '=', fromCode)
    .where('from_ms', '>=', sinceMs)
    .execute();
}
