import { type Kysely, type Selectable, sql } from 'kysely';
import { inPieces } from './bulk.ts';
import { RttCounts } from './rtt-counts.ts';
import { SlotCounts } from './slot-counts.ts';
import { SlotSet } from './slot-set.ts';
import type { AgencyNetworkDayTable, Tables } from './tables.ts';

/** Which day of which network of which agency. */
export interface NetworkDayKey {
  readonly agencyCode: string;
  readonly network: string;
  /** Slot number divided by 288: days since 1970 in UTC. */
  readonly day: number;
}

/** What the PCs of an agency saw of a network on one day, at its own places. */
export interface NetworkDay extends NetworkDayKey {
  /** Slots of the day in which a PC tried. */
  readonly on: SlotSet;
  /** Those of them with a success. */
  readonly reached: SlotSet;
  /** Those of them for which a beacon of the network signed. */
  readonly verified: SlotSet;
  /** The same by the id of the key that signed. */
  readonly verifiedBy: ReadonlyMap<string, SlotSet>;
  /** In each slot the PCs that tried and only failed. */
  readonly failedCounts: SlotCounts;
  readonly rtt: RttCounts;
  /** Epoch milliseconds by the collector's clock. */
  readonly newestAttemptAtMs: number;
  /** Absent without a success. */
  readonly newestSuccessAtMs?: number;
  /** Code of the newest failed attempt; absent without one. */
  readonly newestFailure?: string;
}

/** What of a day figures are made of. */
export type FiguredDay = NetworkDayKey & Pick<NetworkDay, (typeof FIGURED)[number]>;

const FIGURED = ['on', 'reached', 'rtt', 'verified', 'verifiedBy'] as const satisfies readonly (keyof NetworkDay)[];

/** Connectivity of agencies, one row a day. */
export interface NetworkDayStore {
  /** The days that are there, in no order. */
  find(keys: readonly NetworkDayKey[]): Promise<readonly NetworkDay[]>;
  save(days: readonly NetworkDay[]): Promise<void>;
  /** Every day from `firstDay` on, sorted by agency, network and day; what figures do not need is left out. */
  since(firstDay: number): Promise<readonly FiguredDay[]>;
  /** The days of every agency and one network from `firstDay` on, sorted by agency and day. */
  ofNetwork(network: string, firstDay: number): Promise<readonly NetworkDay[]>;
  /** The days of one agency and network from one to another, both included, oldest first. */
  between(
    agencyCode: string,
    network: string,
    days: { readonly first: number; readonly last: number },
  ): Promise<readonly NetworkDay[]>;
  /** Forgets the days before `firstDay`. */
  forgetBefore(firstDay: number): Promise<void>;
}

/** The queries of connectivity. */
export function createNetworkDayStore(db: Kysely<Tables>): NetworkDayStore {
  return {
    async find(keys) {
      const found: NetworkDay[] = [];
      for (const piece of inPieces(keys)) {
        const rows = piece.map(({ agencyCode, network, day }) => sql`(${agencyCode}, ${network}, ${day})`);
        const days = await db
          .selectFrom('agency_network_days')
          .selectAll()
          .where(sql<boolean>`(agency_code, network, day) in (values ${sql.join(rows)})`)
          .execute();
        found.push(...days.map(dayOf));
      }
      return found;
    },
    async save(days) {
      for (const piece of inPieces(days)) await upsertDays(db, piece.map(dayRow));
    },
    async since(firstDay) {
      const rows = await db
        .selectFrom('agency_network_days')
        .select(['agency_code', 'network', 'day', 'slots_on', 'slots_reached', 'slots_verified', 'verified_by', 'rtt'])
        .where('day', '>=', firstDay)
        .orderBy('agency_code')
        .orderBy('network')
        .orderBy('day')
        .execute();
      return rows.map(figuredDayOf);
    },
    async ofNetwork(network, firstDay) {
      const rows = await db
        .selectFrom('agency_network_days')
        .selectAll()
        .where('network', '=', network)
        .where('day', '>=', firstDay)
        .orderBy('agency_code')
        .orderBy('day')
        .execute();
      return rows.map(dayOf);
    },
    async between(agencyCode, network, { first, last }) {
      const rows = await db
        .selectFrom('agency_network_days')
        .selectAll()
        .where('agency_code', '=', agencyCode)
        .where('network', '=', network)
        .where('day', '>=', first)
        .where('day', '<=', last)
        .orderBy('day')
        .execute();
      return rows.map(dayOf);
    },
    async forgetBefore(firstDay) {
      await db.deleteFrom('agency_network_days').where('day', '<', firstDay).execute();
    },
  };
}

async function upsertDays(db: Kysely<Tables>, rows: readonly AgencyNetworkDayTable[]): Promise<void> {
  await db
    .insertInto('agency_network_days')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'network', 'day']).doUpdateSet(({ ref }) => ({
        slots_on: ref('excluded.slots_on'),
        slots_reached: ref('excluded.slots_reached'),
        slots_verified: ref('excluded.slots_verified'),
        verified_by: ref('excluded.verified_by'),
        failed_counts: ref('excluded.failed_counts'),
        rtt: ref('excluded.rtt'),
        newest_attempt_at_ms: ref('excluded.newest_attempt_at_ms'),
        newest_success_at_ms: ref('excluded.newest_success_at_ms'),
        newest_failure: ref('excluded.newest_failure'),
      })),
    )
    .execute();
}

function dayRow(day: NetworkDay): AgencyNetworkDayTable {
  return {
    agency_code: day.agencyCode,
    network: day.network,
    day: day.day,
    slots_on: day.on.toText(),
    slots_reached: day.reached.toText(),
    slots_verified: day.verifiedBy.size === 0 ? '' : day.verified.toText(),
    verified_by: [...day.verifiedBy]
      .map(([kid, slots]) => `${kid}=${slots.toText()}`)
      .toSorted()
      .join(' '),
    failed_counts: day.failedCounts.toText(),
    rtt: day.rtt.toText(),
    newest_attempt_at_ms: day.newestAttemptAtMs,
    newest_success_at_ms: day.newestSuccessAtMs ?? null,
    newest_failure: day.newestFailure ?? null,
  };
}

type FiguredRow = Pick<
  Selectable<AgencyNetworkDayTable>,
  'agency_code' | 'network' | 'day' | 'slots_on' | 'slots_reached' | 'slots_verified' | 'verified_by' | 'rtt'
>;

function figuredDayOf(row: FiguredRow): FiguredDay {
  return {
    agencyCode: row.agency_code,
    network: row.network,
    day: row.day,
    on: SlotSet.fromText(row.slots_on),
    reached: SlotSet.fromText(row.slots_reached),
    verified: SlotSet.fromText(row.slots_verified),
    // Of thousands of days one is asked.
    get verifiedBy() {
      return row.verified_by === '' ? NOBODY : signersOf(row.verified_by);
    },
    rtt: RttCounts.fromText(row.rtt),
  };
}

function dayOf(row: Selectable<AgencyNetworkDayTable>): NetworkDay {
  return {
    ...figuredDayOf(row),
    failedCounts: SlotCounts.fromText(row.failed_counts),
    newestAttemptAtMs: row.newest_attempt_at_ms,
    ...(row.newest_success_at_ms === null ? {} : { newestSuccessAtMs: row.newest_success_at_ms }),
    ...(row.newest_failure === null ? {} : { newestFailure: row.newest_failure }),
  };
}

const NOBODY: ReadonlyMap<string, SlotSet> = new Map();

function signersOf(text: string): ReadonlyMap<string, SlotSet> {
  return new Map(
    text.split(' ').map((signer) => {
      const at = signer.lastIndexOf('=');
      return [signer.slice(0, at), SlotSet.fromText(signer.slice(at + 1))] as const;
    }),
  );
}
