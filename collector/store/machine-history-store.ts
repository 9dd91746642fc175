import { type Kysely, sql } from 'kysely';
import { contentHash } from '#shared/content-hash.ts';
import { MACHINE_KINDS, type MachineKind } from '#shared/observations/hardware.ts';
import { dayNumberOfDate, dayStartMs } from '../catalogues/viet-nam-time.ts';
import type { MachineGroup } from '../metrics/metric-family.ts';
import { inPieces } from './bulk.ts';
import { bitsUpTo, newestDayOf, placeOfDay } from './day-bits.ts';
import { type FigureGroup, type StateBounds, stateAt } from './figure-store.ts';
import { machineGroupsOf } from './machine-groups.ts';
import type { MachineKey } from './machine-store.ts';
import { OPEN_END_MS } from './machine-tables.ts';
import type { MachineStanding } from './report-rows.ts';
import type { Tables } from './tables.ts';

/** Days of one machine on which something was true, as day numbers of viet-nam-time.ts. */
export interface MachineDays extends MachineKey {
  /** Days on which a report arrived. */
  readonly seen: readonly number[];
  /** Days on which an attempt on the Internet was made. */
  readonly tried: readonly number[];
  /** Those of them with a success. */
  readonly online: readonly number[];
}

/** How a machine was counted for a while. */
export interface MachineSpan extends MachineKey {
  readonly fromMs: number;
  /** Absent while it holds. */
  readonly toMs?: number;
  readonly kind: MachineKind | undefined;
  readonly verdictKey: string;
  readonly isRetired: boolean;
}

/** What machines were on past days: enough to count any of them again. */
export interface MachineHistoryStore {
  /** Notes that machines are counted otherwise from an instant on; what was noted for later gives way. */
  begin(standings: readonly MachineStanding[], atMs: number): Promise<void>;
  /** Adds days to those that are known; a machine is in the list once. */
  addDays(days: readonly MachineDays[]): Promise<void>;
  /**
   * The machines as they stood at the end of a day, with their ids, in no order; retired ones are in no group.
   *
   * @param day `yyyy-mm-dd`, Asia/Ho_Chi_Minh
   * @param bounds those of the midnight that ends the day
   */
  groupsAt(day: string, bounds: StateBounds): Promise<readonly MachineGroup[]>;
  /** How one machine was counted, newest first, at most `limit`. */
  spansOf(machineId: string, limit: number): Promise<readonly MachineSpan[]>;
  /**
   * Forgets what ended before a day `yyyy-mm-dd`; months are forgotten whole.
   *
   * @returns rows that went, at most about twice `limit`; 0 when nothing is left to forget
   */
  forgetBefore(day: string, limit?: number): Promise<number>;
}

/** The queries of the history of machines. */
export function createMachineHistoryStore(db: Kysely<Tables>): MachineHistoryStore {
  return {
    async begin(standings, atMs) {
      await internKeys(db, standings);
      for (const piece of inPieces(standings)) await beginSpans(db, piece, atMs);
    },
    async addDays(days) {
      for (const piece of inPieces(days.flatMap(monthRows))) await mergeMonths(db, piece);
    },
    async groupsAt(day, bounds) {
      const number = dayNumberOfDate(day);
      const midnightMs = dayStartMs(number + 1);
      const days = await newestDays(db, number, bounds);
      return machineGroupsOf(groupSpans(await spansAt(db, midnightMs), days, bounds));
    },
    async spansOf(machineId, limit) {
      const rows = await db
        .selectFrom('machine_spans as span')
        .innerJoin('counted_keys as key', 'key.id', 'span.verdict_key_id')
        .select(['agency_code', 'from_ms', 'to_ms', 'kind', 'is_retired', 'key.text'])
        .where('machine_id', '=', machineId)
        .orderBy('from_ms', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        agencyCode: row.agency_code,
        machineId,
        fromMs: row.from_ms,
        ...(row.to_ms === OPEN_END_MS ? {} : { toMs: row.to_ms }),
        kind: MACHINE_KINDS.find((kind) => kind === row.kind),
        verdictKey: row.text,
        isRetired: row.is_retired !== 0,
      }));
    },
    forgetBefore: (day, limit = 5_000) => forgetSome(db, dayNumberOfDate(day), limit),
  };
}

async function internKeys(db: Kysely<Tables>, standings: readonly MachineStanding[]): Promise<void> {
  const texts = new Set(standings.flatMap(({ verdictKey, antivirusKey }) => [verdictKey, antivirusKey]));
  for (const piece of inPieces([...texts])) {
    await db
      .insertInto('counted_keys')
      .values(piece.map((text) => ({ id: contentHash(text), text })))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

async function beginSpans(db: Kysely<Tables>, standings: readonly MachineStanding[], atMs: number): Promise<void> {
  const machineIds = standings.map(({ machineId }) => machineId);
  // What was written while the clock was ahead gives way: no machine may be counted as two things at one instant.
  await db.deleteFrom('machine_spans').where('machine_id', 'in', machineIds).where('from_ms', '>', atMs).execute();
  await db
    .updateTable('machine_spans')
    .set({ to_ms: atMs })
    .where('machine_id', 'in', machineIds)
    .where('to_ms', '>', atMs)
    .execute();
  await db
    .insertInto('machine_spans')
    .values(
      standings.map((standing) => ({
        agency_code: standing.agencyCode,
        machine_id: standing.machineId,
        from_ms: atMs,
        to_ms: OPEN_END_MS,
        kind: standing.kind ?? null,
        verdict_key_id: contentHash(standing.verdictKey),
        antivirus_key_id: contentHash(standing.antivirusKey),
        is_retired: standing.isRetired ? 1 : 0,
      })),
    )
    // Two changes within a millisecond: the later one is what the machine was.
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'machine_id', 'from_ms']).doUpdateSet(({ ref }) => ({
        to_ms: ref('excluded.to_ms'),
        kind: ref('excluded.kind'),
        verdict_key_id: ref('excluded.verdict_key_id'),
        antivirus_key_id: ref('excluded.antivirus_key_id'),
        is_retired: ref('excluded.is_retired'),
      })),
    )
    .execute();
}

function monthRows({ agencyCode, machineId, seen, tried, online }: MachineDays) {
  const months = new Map<number, { seen_days: number; tried_days: number; online_days: number }>();
  const add = (kind: 'seen_days' | 'tried_days' | 'online_days', days: readonly number[]) => {
    for (const { month, bit } of days.map(placeOfDay)) {
      const known = months.get(month) ?? { seen_days: 0, tried_days: 0, online_days: 0 };
      months.set(month, { ...known, [kind]: known[kind] | bit });
    }
  };
  add('seen_days', seen);
  add('tried_days', tried);
  add('online_days', online);
  return [...months].map(([month, bits]) => ({ agency_code: agencyCode, machine_id: machineId, month, ...bits }));
}

async function mergeMonths(db: Kysely<Tables>, rows: readonly ReturnType<typeof monthRows>[number][]): Promise<void> {
  await db
    .insertInto('machine_months')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'machine_id', 'month']).doUpdateSet({
        seen_days: sql`machine_months.seen_days | excluded.seen_days`,
        tried_days: sql`machine_months.tried_days | excluded.tried_days`,
        online_days: sql`machine_months.online_days | excluded.online_days`,
      }),
    )
    .execute();
}

interface NewestDays {
  readonly seen?: number | undefined;
  readonly tried?: number | undefined;
  readonly online?: number | undefined;
}

/** Newest days up to one, by machine id; what lies so far back that it makes no difference is not looked at. */
async function newestDays(db: Kysely<Tables>, day: number, bounds: StateBounds): Promise<Map<string, NewestDays>> {
  const last = placeOfDay(day);
  const oldestDay = Math.min(Math.floor(bounds.silentSinceMs / 86_400_000), bounds.internetSinceDay, day);
  const rows = await db
    .selectFrom('machine_months')
    .select(['machine_id', 'month', 'seen_days', 'tried_days', 'online_days'])
    .where('month', '>=', placeOfDay(oldestDay).month)
    .where('month', '<=', last.month)
    .orderBy('month')
    .execute();
  const newest = new Map<string, NewestDays>();
  for (const { machine_id: machineId, month, seen_days, tried_days, online_days } of rows) {
    const mask = month === last.month ? bitsUpTo(last.bit) : -1;
    const before = newest.get(machineId);
    newest.set(machineId, {
      seen: newestDayOf(month, seen_days & mask) ?? before?.seen,
      tried: newestDayOf(month, tried_days & mask) ?? before?.tried,
      online: newestDayOf(month, online_days & mask) ?? before?.online,
    });
  }
  return newest;
}

type SpanRow = Awaited<ReturnType<typeof spansAt>>[number];

function spansAt(db: Kysely<Tables>, atMs: number) {
  return db
    .selectFrom('machine_spans')
    .innerJoin('counted_keys as verdict', 'verdict.id', 'verdict_key_id')
    .innerJoin('counted_keys as antivirus', 'antivirus.id', 'antivirus_key_id')
    .select(['agency_code', 'machine_id', 'kind', 'verdict.text as verdict_key', 'antivirus.text as antivirus_key'])
    .where('to_ms', '>=', atMs)
    .where('from_ms', '<', atMs)
    .where('is_retired', '=', 0)
    .execute();
}

function groupSpans(
  spans: readonly SpanRow[],
  days: ReadonlyMap<string, NewestDays>,
  bounds: StateBounds,
): readonly FigureGroup[] {
  const groups = new Map<string, { readonly like: Omit<FigureGroup, 'machineCount'>; readonly ids: string[] }>();
  for (const span of spans) {
    const { seen, tried, online } = days.get(span.machine_id) ?? {};
    const state = seen === undefined ? 'lost' : stateAt(dayStartMs(seen), bounds);
    const isOnInternet = isSince(online, bounds) ? true : isSince(tried, bounds) ? false : undefined;
    const name = `${span.agency_code} ${span.kind} ${state} ${isOnInternet} ${span.verdict_key} ${span.antivirus_key}`;
    const group = groups.get(name);
    if (group !== undefined) {
      group.ids.push(span.machine_id);
      continue;
    }
    const kind = MACHINE_KINDS.find((known) => known === span.kind);
    const keys = { verdictKey: span.verdict_key, antivirusKey: span.antivirus_key };
    const like = { agencyCode: span.agency_code, kind, state, ...keys, isOnInternet };
    groups.set(name, { like, ids: [span.machine_id] });
  }
  return [...groups.values()].map(({ like, ids }) => ({
    ...like,
    machineCount: ids.length,
    machineIds: ids.toSorted(),
  }));
}

function isSince(day: number | undefined, { internetSinceDay }: StateBounds): boolean {
  return day !== undefined && day >= internetSinceDay;
}

async function forgetSome(db: Kysely<Tables>, day: number, limit: number): Promise<number> {
  const old = db
    .selectFrom('machine_spans')
    .select(['agency_code', 'machine_id', 'from_ms'])
    .where('to_ms', '<', dayStartMs(day))
    .limit(limit);
  const spans = await db
    .deleteFrom('machine_spans')
    .where(({ eb, refTuple }) =>
      eb(refTuple('agency_code', 'machine_id', 'from_ms'), 'in', old.$asTuple('agency_code', 'machine_id', 'from_ms')),
    )
    .executeTakeFirst();
  const oldMonths = db
    .selectFrom('machine_months')
    .select(['agency_code', 'machine_id', 'month'])
    .where('month', '<', placeOfDay(day).month)
    .limit(limit);
  const months = await db
    .deleteFrom('machine_months')
    .where(({ eb, refTuple }) =>
      eb(
        refTuple('agency_code', 'machine_id', 'month'),
        'in',
        oldMonths.$asTuple('agency_code', 'machine_id', 'month'),
      ),
    )
    .executeTakeFirst();
  return Number(spans.numDeletedRows + months.numDeletedRows);
}
