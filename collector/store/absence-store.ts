import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A time in which no collector was at work. */
export interface Absence {
  /** Last sign of life before it, epoch milliseconds. */
  readonly fromMs: number;
  /** First sign of life after it, epoch milliseconds. */
  readonly toMs: number;
}

/** The collectors' own signs of life; several collectors over one store share them. */
export interface AbsenceStore {
  /**
   * Notes that a collector is at work now, and that none was if the sign before is older than `gapMs`. A sign from the
   * future comes from a clock that was wrong: it is replaced, and so is what it said of absences.
   *
   * @returns the absence that ended now; undefined when there was none
   */
  beat(atMs: number, gapMs: number): Promise<Absence | undefined>;
  /** The newest sign of life, epoch milliseconds; undefined before the first. */
  lastBeatMs(): Promise<number | undefined>;
  /** Every absence, oldest first. */
  list(): Promise<readonly Absence[]>;
}

const KEY = 'collector-heartbeat-ms';

/** The queries of the signs of life. */
export function createAbsenceStore(db: Kysely<Tables>): AbsenceStore {
  return {
    async beat(atMs, gapMs) {
      const fromMs = (await lastBeatMs(db)) ?? atMs;
      await db
        .insertInto('settings')
        .values({ key: KEY, value: String(atMs) })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(atMs) }))
        .execute();
      if (fromMs > atMs) {
        await db.deleteFrom('collector_absences').where('from_ms', '>=', atMs).execute();
        await db.updateTable('collector_absences').set({ to_ms: atMs }).where('to_ms', '>', atMs).execute();
      }
      if (atMs - fromMs <= gapMs) return undefined;
      await db
        .insertInto('collector_absences')
        .values({ from_ms: fromMs, to_ms: atMs })
        .onConflict((conflict) => conflict.column('from_ms').doUpdateSet({ to_ms: atMs }))
        .execute();
      return { fromMs, toMs: atMs };
    },
    lastBeatMs: () => lastBeatMs(db),
    async list() {
      const rows = await db.selectFrom('collector_absences').selectAll().orderBy('from_ms').execute();
      return rows.map(({ from_ms: fromMs, to_ms: toMs }) => ({ fromMs, toMs }));
    },
  };
}

async function lastBeatMs(db: Kysely<Tables>): Promise<number | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', KEY).executeTakeFirst();
  return row === undefined ? undefined : Number(row.value);
}
