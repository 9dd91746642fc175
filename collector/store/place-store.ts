import { type Kysely, type SqlBool, sql } from 'kysely';
import { dayNumberOfDate } from '../catalogues/viet-nam-time.ts';
import type { PlaceSeen } from '../connectivity/learn-places.ts';
import type { Place } from '../connectivity/place.ts';
import { inPieces } from './bulk.ts';
import { bitsUpTo, newestDayOf, oldestDayOf, placeOfDay } from './day-bits.ts';
import type { MachineKey } from './machine-store.ts';
import type { Tables } from './tables.ts';

/** One machine at one place on one day. */
export interface Sighting extends MachineKey, Place {
  /** Number of the day, as dayNumber of viet-nam-time.ts. */
  readonly day: number;
}

/** What one machine saw of one place. */
export interface PlaceUse extends PlaceSeen {
  /** The last of the days, as dayNumber of viet-nam-time.ts. */
  readonly lastDay: number;
}

/** Days from one to another, both included, as dayNumber of viet-nam-time.ts. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** A place with the machines that were seen there. */
export interface CountedPlace extends Place {
  readonly machineCount: number;
}

/**
 * Places of one machine in one month that are kept: a mobile line may give an address a few times a day, and whoever
 * makes addresses up must not fill the disk.
 */
export const MOST_PLACES = 256;

/** Where machines were seen. */
export interface PlaceStore {
  /** Adds days to those that are known; of one machine in one month no more than {@link MOST_PLACES} places. */
  add(sightings: readonly Sighting[]): Promise<void>;
  /** What the machines of an agency saw of places within some days, in no order. */
  seenBy(agencyCode: string, days: DaySpan): Promise<readonly PlaceUse[]>;
  /**
   * For each agency the place with a gateway where most of its machines, retired ones left out, were seen within some
   * days, and how many they were; of equal places the first in code-point order. Agencies without such a place are absent.
   *
   * @param pastMs the instant whose agencies count, epoch milliseconds; those of now when absent
   */
  mostMachinesAtPlace(days: DaySpan, pastMs?: number): Promise<ReadonlyMap<string, CountedPlace>>;
  /** Forgets months that end before a day `yyyy-mm-dd`. @returns how many rows, at most `limit` */
  forgetBefore(day: string, limit?: number): Promise<number>;
}

/** The queries of places. */
export function createPlaceStore(db: Kysely<Tables>): PlaceStore {
  return {
    async add(sightings) {
      for (const piece of inPieces(await boundedRows(db, monthRows(sightings)))) {
        await db
          .insertInto('machine_place_months')
          .values(piece)
          .onConflict((conflict) =>
            conflict
              .columns(['agency_code', 'machine_id', 'address_range', 'gateway', 'month'])
              .doUpdateSet({ days: sql`machine_place_months.days | excluded.days` }),
          )
          .execute();
      }
    },
    async seenBy(agencyCode, days) {
      const masks = new Map(monthMasks(days).map(({ month, mask }) => [month, mask]));
      const rows = await db
        .selectFrom('machine_place_months')
        .select(['machine_id', 'address_range', 'gateway', 'month', 'days'])
        .where('agency_code', '=', agencyCode)
        .where('month', 'in', [...masks.keys()])
        .orderBy('month')
        .execute();
      const seen = new Map<string, PlaceUse>();
      for (const { machine_id: machineId, address_range: addressRange, gateway, month, days: bits } of rows) {
        const within = bits & (masks.get(month) ?? 0);
        const [firstDay, lastDay] = [oldestDayOf(month, within), newestDayOf(month, within)];
        if (firstDay === undefined || lastDay === undefined) continue;
        const name = `${machineId} ${addressRange} ${gateway}`;
        const before = seen.get(name) ?? { machineId, addressRange, gateway, dayCount: 0, firstDay };
        seen.set(name, { ...before, dayCount: before.dayCount + bitCount(within), lastDay });
      }
      return [...seen.values()];
    },
    mostMachinesAtPlace: (days, pastMs) => countMost(db, days, pastMs),
    async forgetBefore(day, limit = 5_000) {
      const key = ['agency_code', 'machine_id', 'address_range', 'gateway', 'month'] as const;
      const old = db
        .selectFrom('machine_place_months')
        .select(key)
        .where('month', '<', placeOfDay(dayNumberOfDate(day)).month)
        .limit(limit);
      const gone = await db
        .deleteFrom('machine_place_months')
        .where(({ eb, refTuple }) => eb(refTuple(...key), 'in', old.$asTuple(...key)))
        .executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

function monthRows(sightings: readonly Sighting[]) {
  const rows = new Map<string, { readonly key: Omit<Sighting, 'day'>; readonly month: number; days: number }>();
  for (const sighting of sightings) {
    const { month, bit } = placeOfDay(sighting.day);
    const name = `${sighting.machineId} ${sighting.addressRange} ${sighting.gateway} ${month}`;
    const row = rows.get(name) ?? { key: sighting, month, days: 0 };
    row.days |= bit;
    rows.set(name, row);
  }
  return [...rows.values()].map(({ key, month, days }) => ({
    agency_code: key.agencyCode,
    machine_id: key.machineId,
    address_range: key.addressRange,
    gateway: key.gateway,
    month,
    days,
  }));
}

type MonthRow = ReturnType<typeof monthRows>[number];

/** The rows without new places of machines that have as many in that month as are kept. */
async function boundedRows(db: Kysely<Tables>, rows: readonly MonthRow[]): Promise<readonly MonthRow[]> {
  const machines = new Map(rows.map((row) => [row.machine_id, sql`(${row.agency_code}, ${row.machine_id})`]));
  const months = [...new Set(rows.map(({ month }) => month))];
  const known = new Map<string, Set<string>>();
  const keep = (row: Pick<MonthRow, 'machine_id' | 'month' | 'address_range' | 'gateway'>) => {
    const name = `${row.machine_id} ${row.month}`;
    const places = known.get(name) ?? new Set();
    known.set(name, places);
    const place = `${row.address_range} ${row.gateway}`;
    return places.has(place) || (places.size < MOST_PLACES && places.add(place).size > 0);
  };
  for (const piece of inPieces([...machines.values()])) {
    const found = await db
      .selectFrom('machine_place_months')
      .select(['machine_id', 'month', 'address_range', 'gateway'])
      .where(sql<boolean>`(agency_code, machine_id) in (values ${sql.join(piece)})`)
      .where('month', 'in', months)
      .execute();
    for (const row of found) keep(row);
  }
  return rows.filter(keep);
}

/** The months that some days lie in, each with the bits of those days. */
function monthMasks({ first, last }: DaySpan): readonly { readonly month: number; readonly mask: number }[] {
  const [from, to] = [placeOfDay(first), placeOfDay(last)];
  return Array.from({ length: to.month - from.month + 1 }, (_, index) => {
    const month = from.month + index;
    const upTo = month === to.month ? bitsUpTo(to.bit) : bitsUpTo(2 ** 30);
    return { month, mask: month === from.month ? upTo - (from.bit - 1) : upTo };
  });
}

async function countMost(
  db: Kysely<Tables>,
  days: DaySpan,
  pastMs?: number,
): Promise<ReadonlyMap<string, CountedPlace>> {
  const isWithin = monthMasks(days).map(
    ({ month, mask }) => sql<SqlBool>`(place.month = ${month} and (place.days & ${mask}) <> 0)`,
  );
  const owned =
    pastMs === undefined
      ? sql`machine_states as owner on owner.machine_id = place.machine_id and owner.agency_code = place.agency_code`
      : sql`machine_spans as owner on owner.machine_id = place.machine_id and owner.to_ms >= ${pastMs} and owner.from_ms < ${pastMs}`;
  const { rows } = await sql<MostRow>`
    select agency_code, address_range, gateway, machine_count from (
      select counted.*, row_number() over (
        partition by agency_code order by machine_count desc, address_range, gateway
      ) as rank from (
        select owner.agency_code as agency_code, place.address_range as address_range, place.gateway as gateway,
          count(distinct place.machine_id) as machine_count
        from machine_place_months as place
        join ${owned}
        where place.gateway <> '' and owner.is_retired = 0 and (${sql.join(isWithin, sql` or `)})
        group by owner.agency_code, place.address_range, place.gateway
      ) as counted
    ) as ranked where rank = 1`.execute(db);
  return new Map(
    rows.map(({ agency_code: code, address_range: addressRange, gateway, machine_count: count }) => [
      code,
      { addressRange, gateway, machineCount: Number(count) },
    ]),
  );
}

interface MostRow {
  readonly agency_code: string;
  readonly address_range: string;
  readonly gateway: string;
  readonly machine_count: number;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
