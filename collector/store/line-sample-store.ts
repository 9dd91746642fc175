import type { Kysely, Selectable } from 'kysely';
import type { LineSampleTable, LineSampleTurnTable } from './line-tables.ts';
import type { Tables } from './tables.ts';

/** Turn of a machine to measure the line of its agency. */
export interface LineTurn {
  readonly agencyCode: string;
  /** Day, dayNumber of viet-nam-time.ts. */
  readonly day: number;
  /** Empty when nobody got it. */
  readonly machineId: string;
  /** By the collector's clock, epoch milliseconds. */
  readonly atMs: number;
}

/** One sample of the capacity of a line. */
export interface KeptLineSample {
  readonly agencyCode: string;
  /** Day, dayNumber of viet-nam-time.ts. */
  readonly day: number;
  readonly network: string;
  readonly machineId: string;
  readonly bitsPerSecond: number;
  readonly bytes: number;
  readonly durationMs: number;
  /** By the collector's clock, epoch milliseconds. */
  readonly atMs: number;
}

/** Measured capacity of lines, and whose turn it is to measure. */
export interface LineSampleStore {
  newestTurn(agencyCode: string): Promise<LineTurn | undefined>;
  /** Keeps a turn; one of the same agency and day is replaced. */
  saveTurn(turn: LineTurn): Promise<void>;
  /** Forgets turns of an agency that lie behind an instant. */
  forgetTurnsAfter(agencyCode: string, atMs: number): Promise<void>;
  /** Turns of a machine between two instants, oldest first. */
  turnsOf(
    machine: Pick<LineTurn, 'agencyCode' | 'machineId'>,
    fromMs: number,
    toMs: number,
  ): Promise<readonly LineTurn[]>;
  /**
   * Keeps a sample unless its agency has one of that day.
   *
   * @returns whether it was kept
   */
  add(sample: KeptLineSample): Promise<boolean>;
  /** Samples from a day on, of one agency or all, sorted by agency, then day. */
  since(day: number, agencyCode?: string): Promise<readonly KeptLineSample[]>;
  /** Forgets samples and turns of days before. */
  forgetBefore(day: number): Promise<void>;
}

/** The queries of measured lines. */
export function createLineSampleStore(db: Kysely<Tables>): LineSampleStore {
  return {
    async newestTurn(agencyCode) {
      const rows = db.selectFrom('line_sample_turns').selectAll().where('agency_code', '=', agencyCode);
      const row = await rows.orderBy('at_ms', 'desc').limit(1).executeTakeFirst();
      return row === undefined ? undefined : turnOf(row);
    },
    async saveTurn({ agencyCode, day, machineId, atMs }) {
      const values = { machine_id: machineId, at_ms: atMs };
      await db
        .insertInto('line_sample_turns')
        .values({ agency_code: agencyCode, day, ...values })
        .onConflict((conflict) => conflict.columns(['agency_code', 'day']).doUpdateSet(values))
        .execute();
    },
    async forgetTurnsAfter(agencyCode, atMs) {
      const rows = db.deleteFrom('line_sample_turns').where('agency_code', '=', agencyCode);
      await rows.where('at_ms', '>', atMs).execute();
    },
    async turnsOf({ agencyCode, machineId }, fromMs, toMs) {
      const rows = await db
        .selectFrom('line_sample_turns')
        .selectAll()
        .where('agency_code', '=', agencyCode)
        .where('machine_id', '=', machineId)
        .where('at_ms', '>=', fromMs)
        .where('at_ms', '<=', toMs)
        .orderBy('at_ms')
        .execute();
      return rows.map(turnOf);
    },
    async add({ agencyCode, machineId, bitsPerSecond, durationMs, atMs, ...rest }) {
      const result = await db
        .insertInto('line_samples')
        .values({
          ...rest,
          agency_code: agencyCode,
          machine_id: machineId,
          bits_per_second: bitsPerSecond,
          duration_ms: durationMs,
          at_ms: atMs,
        })
        .onConflict((conflict) => conflict.columns(['agency_code', 'day']).doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async since(day, agencyCode) {
      let rows = db.selectFrom('line_samples').selectAll().where('day', '>=', day);
      if (agencyCode !== undefined) rows = rows.where('agency_code', '=', agencyCode);
      return (await rows.orderBy('agency_code').orderBy('day').execute()).map(sampleOf);
    },
    async forgetBefore(day) {
      await db.deleteFrom('line_samples').where('day', '<', day).execute();
      await db.deleteFrom('line_sample_turns').where('day', '<', day).execute();
    },
  };
}

function turnOf({ agency_code, day, machine_id, at_ms }: Selectable<LineSampleTurnTable>): LineTurn {
  return { agencyCode: agency_code, day, machineId: machine_id, atMs: at_ms };
}

function sampleOf(row: Selectable<LineSampleTable>): KeptLineSample {
  const { agency_code, machine_id, bits_per_second, duration_ms, at_ms, ...rest } = row;
  const named = { agencyCode: agency_code, machineId: machine_id, bitsPerSecond: bits_per_second };
  return { ...rest, ...named, durationMs: duration_ms, atMs: at_ms };
}
