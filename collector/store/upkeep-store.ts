import { type Kysely, sql } from 'kysely';
import type { MachineKey } from './machine-store.ts';
import type { Tables } from './tables.ts';

/** Who had a backup made: somebody at the terminal, or the schedule. */
export const BACKUP_KINDS = ['command', 'schedule'] as const;

/** One of {@link BACKUP_KINDS}. */
export type BackupKind = (typeof BACKUP_KINDS)[number];

/** Tables that grow with what happens to machines, and are cut by age. */
export type AgingTable = 'machine_events' | 'observation_history';

/** What keeps the database small and sound. */
export interface UpkeepStore {
  noteBackup(kind: BackupKind, atMs: number): Promise<void>;
  /** When the newest backup of each kind was made, epoch milliseconds; a kind without one is absent. */
  lastBackups(): Promise<ReadonlyMap<BackupKind, number>>;
  /**
   * Clocks of the machines that reported last, minus that of the collector, milliseconds, newest first; machines whose
   * offset is not known are left out.
   */
  newestClockOffsets(limit: number): Promise<readonly number[]>;
  /** Machines with rows in a table, sorted by key, the first ones behind `after` (all when absent). */
  machinesIn(table: AgingTable, after: MachineKey | undefined, limit: number): Promise<readonly MachineKey[]>;
  /**
   * Forgets what machines were seen as before an instant, but for the newest of every probe: it still held then.
   *
   * @returns rows that are gone
   */
  forgetObservations(machines: readonly MachineKey[], beforeMs: number): Promise<number>;
  /** Forgets what happened to machines before an instant; @returns rows that are gone */
  forgetEvents(machines: readonly MachineKey[], beforeMs: number): Promise<number>;
}

/** The queries of upkeep. */
export function createUpkeepStore(db: Kysely<Tables>): UpkeepStore {
  return {
    async noteBackup(kind, atMs) {
      await db
        .insertInto('settings')
        .values({ key: keyOf(kind), value: String(atMs) })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(atMs) }))
        .execute();
    },
    async lastBackups() {
      const rows = await db.selectFrom('settings').selectAll().where('key', 'in', BACKUP_KINDS.map(keyOf)).execute();
      const byKey = new Map(rows.map(({ key, value }) => [key, Number(value)]));
      return new Map(
        BACKUP_KINDS.flatMap((kind) => {
          const atMs = byKey.get(keyOf(kind));
          return atMs === undefined ? [] : [[kind, atMs] as const];
        }),
      );
    },
    async newestClockOffsets(limit) {
      const rows = await db
        .selectFrom('machine_states')
        .select('clock_offset_ms')
        .where('clock_offset_ms', 'is not', null)
        .where('is_retired', '=', 0)
        .orderBy('last_seen_at_ms', 'desc')
        .limit(limit)
        .execute();
      return rows.flatMap(({ clock_offset_ms: offsetMs }) => (offsetMs === null ? [] : [Number(offsetMs)]));
    },
    async machinesIn(table, after, limit) {
      const { agencyCode, machineId } = after ?? { agencyCode: '', machineId: '' };
      const rows = await db
        .selectFrom(table)
        .select(['agency_code', 'machine_id'])
        .distinct()
        .where(sql<boolean>`(agency_code, machine_id) > (${agencyCode}, ${machineId})`)
        .orderBy('agency_code')
        .orderBy('machine_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ agencyCode: row.agency_code, machineId: row.machine_id }));
    },
    forgetObservations: (machines, beforeMs) => sumOf(machines, (key) => forgetObservationsOf(db, key, beforeMs)),
    forgetEvents: (machines, beforeMs) =>
      sumOf(machines, ({ agencyCode, machineId }) =>
        countOf(
          db
            .deleteFrom('machine_events')
            .where('agency_code', '=', agencyCode)
            .where('machine_id', '=', machineId)
            .where('at_ms', '<', beforeMs),
        ),
      ),
  };
}

function forgetObservationsOf(
  db: Kysely<Tables>,
  { agencyCode, machineId }: MachineKey,
  beforeMs: number,
): Promise<number> {
  return countOf(
    db
      .deleteFrom('observation_history as old')
      .where('old.agency_code', '=', agencyCode)
      .where('old.machine_id', '=', machineId)
      .where('old.received_at_ms', '<', beforeMs)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('observation_history as newer')
            .select('newer.seq')
            .whereRef('newer.agency_code', '=', 'old.agency_code')
            .whereRef('newer.machine_id', '=', 'old.machine_id')
            .whereRef('newer.probe_id', '=', 'old.probe_id')
            .where('newer.received_at_ms', '<', beforeMs)
            .where(sql<boolean>`(newer.received_at_ms, newer.seq) > (old.received_at_ms, old.seq)`),
        ),
      ),
  );
}

interface Deletion {
  executeTakeFirst(): Promise<{ readonly numDeletedRows: bigint }>;
}

async function countOf(deletion: Deletion): Promise<number> {
  return Number((await deletion.executeTakeFirst()).numDeletedRows);
}

async function sumOf(machines: readonly MachineKey[], forget: (key: MachineKey) => Promise<number>): Promise<number> {
  let sum = 0;
  for (const key of machines) sum += await forget(key);
  return sum;
}

function keyOf(kind: BackupKind): string {
  return `last-backup-${kind}`;
}
