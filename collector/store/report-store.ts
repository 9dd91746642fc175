import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { StoredObservation } from '../baselines/evaluate.ts';
import { inPieces } from './bulk.ts';
import type { MachineKey } from './machine-store.ts';
import {
  changeRow,
  type MachineStanding,
  type MachineVerdicts,
  type ObservationChange,
  outcomeOf,
  standingOf,
  standingRow,
  verdictsOf,
  verdictsRow,
} from './report-rows.ts';
import type { ObservationTable, Tables } from './tables.ts';

/** What reports bring and what is judged from it; a batch reads and writes a few statements for all its machines. */
export interface ReportStore {
  /** By machine id; a machine that is not there has never enrolled. */
  standings(keys: readonly MachineKey[]): Promise<ReadonlyMap<string, MachineStanding>>;
  saveStandings(standings: readonly MachineStanding[]): Promise<void>;
  /** The newest outcome of every probe, by machine id and probe id, as of when it was first seen so. */
  observations(keys: readonly MachineKey[]): Promise<ReadonlyMap<string, ReadonlyMap<string, StoredObservation>>>;
  /** Replaces the newest outcomes and keeps every one of them in the history. */
  saveChanges(changes: readonly ObservationChange[]): Promise<void>;
  /** Outcomes of one probe, newest first. */
  history(key: MachineKey, probeId: string, limit: number): Promise<readonly ObservationChange[]>;
  saveVerdicts(verdicts: readonly MachineVerdicts[]): Promise<void>;
  /** By machine id. */
  verdicts(keys: readonly MachineKey[]): Promise<ReadonlyMap<string, MachineVerdicts>>;
  /** Machines whose verdicts have run out or come from another version, at most `limit`. */
  dueForJudging(atMs: number, judgedWith: string, limit: number): Promise<readonly MachineKey[]>;
}

/** The queries of ingest and judging. */
export function createReportStore(db: Kysely<Tables>): ReportStore {
  return {
    async standings(keys) {
      const found = new Map<string, MachineStanding>();
      for (const piece of inPieces(keys)) {
        const rows = await db.selectFrom('machine_states').selectAll().where(isOneOf(piece)).execute();
        for (const row of rows) found.set(row.machine_id, standingOf(row));
      }
      return found;
    },
    async saveStandings(standings) {
      for (const piece of inPieces(standings)) await upsertStandings(db, piece);
    },
    async observations(keys) {
      const found = new Map<string, Map<string, StoredObservation>>();
      for (const piece of inPieces(keys)) {
        const rows = await db.selectFrom('observations').selectAll().where(isOneOf(piece)).execute();
        for (const row of rows) {
          const ofMachine = found.get(row.machine_id) ?? new Map<string, StoredObservation>();
          ofMachine.set(row.probe_id, { observedAtMs: row.observed_at_ms, ...outcomeOf(row) });
          found.set(row.machine_id, ofMachine);
        }
      }
      return found;
    },
    async saveChanges(changes) {
      for (const piece of inPieces(newestPerProbe(changes))) await upsertObservations(db, piece.map(changeRow));
      for (const piece of inPieces(changes)) await insertHistory(db, piece.map(changeRow));
    },
    async history({ agencyCode, machineId }, probeId, limit) {
      const rows = await db
        .selectFrom('observation_history')
        .selectAll()
        .where('agency_code', '=', agencyCode)
        .where('machine_id', '=', machineId)
        .where('probe_id', '=', probeId)
        .orderBy('received_at_ms', 'desc')
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        agencyCode,
        machineId,
        probeId,
        hash: row.hash,
        seq: row.seq,
        observedAtMs: row.observed_at_ms,
        receivedAtMs: row.received_at_ms,
        outcome: outcomeOf(row),
      }));
    },
    async saveVerdicts(verdicts) {
      for (const piece of inPieces(verdicts)) await upsertVerdicts(db, piece);
    },
    async verdicts(keys) {
      const found = new Map<string, MachineVerdicts>();
      for (const piece of inPieces(keys)) {
        const rows = await db.selectFrom('machine_verdicts').selectAll().where(isOneOf(piece)).execute();
        for (const row of rows) found.set(row.machine_id, verdictsOf(row));
      }
      return found;
    },
    async dueForJudging(atMs, judgedWith, limit) {
      const rows = await db
        .selectFrom('machine_states')
        .select(['agency_code', 'machine_id'])
        .where('is_retired', '=', 0)
        .where(({ eb, or }) =>
          or([
            eb('holds_until_ms', '<=', atMs),
            eb('judged_with', '<', judgedWith),
            eb('judged_with', '>', judgedWith),
          ]),
        )
        .limit(limit)
        .execute();
      return rows.map((row) => ({ agencyCode: row.agency_code, machineId: row.machine_id }));
    },
  };
}

/** Row values compared with a list, in the form that SQLite and PostgreSQL share. */
function isOneOf(keys: readonly MachineKey[]) {
  const rows = keys.map(({ agencyCode, machineId }) => sql`(${agencyCode}, ${machineId})`);
  return sql<boolean>`(agency_code, machine_id) in (values ${sql.join(rows)})`;
}

async function upsertStandings(db: Kysely<Tables>, standings: readonly MachineStanding[]): Promise<void> {
  await db
    .insertInto('machine_states')
    .values(standings.map(standingRow))
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'machine_id']).doUpdateSet(({ ref }) => ({
        is_retired: ref('excluded.is_retired'),
        kind: ref('excluded.kind'),
        verdict_key: ref('excluded.verdict_key'),
        antivirus_key: ref('excluded.antivirus_key'),
        agent_key: ref('excluded.agent_key'),
        last_seen_at_ms: ref('excluded.last_seen_at_ms'),
        last_seq: ref('excluded.last_seq'),
        report_count: ref('excluded.report_count'),
        clock_offset_ms: ref('excluded.clock_offset_ms'),
        judged_with: ref('excluded.judged_with'),
        holds_until_ms: ref('excluded.holds_until_ms'),
        freshness: ref('excluded.freshness'),
        tried_day: ref('excluded.tried_day'),
        online_day: ref('excluded.online_day'),
        fingerprint: ref('excluded.fingerprint'),
        is_contested: ref('excluded.is_contested'),
      })),
    )
    .execute();
}

/** Two reports of one machine in one batch may both bring a probe, and a statement may touch a row only once. */
function newestPerProbe(changes: readonly ObservationChange[]): readonly ObservationChange[] {
  return [...new Map(changes.map((change) => [`${change.machineId} ${change.probeId}`, change])).values()];
}

async function upsertObservations(db: Kysely<Tables>, rows: readonly ObservationTable[]): Promise<void> {
  await db
    .insertInto('observations')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'machine_id', 'probe_id']).doUpdateSet(({ ref }) => ({
        hash: ref('excluded.hash'),
        seq: ref('excluded.seq'),
        observed_at_ms: ref('excluded.observed_at_ms'),
        received_at_ms: ref('excluded.received_at_ms'),
        value: ref('excluded.value'),
        failure: ref('excluded.failure'),
      })),
    )
    .execute();
}

async function insertHistory(db: Kysely<Tables>, rows: readonly ObservationTable[]): Promise<void> {
  await db
    .insertInto('observation_history')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'machine_id', 'probe_id', 'received_at_ms', 'seq']).doNothing(),
    )
    .execute();
}

async function upsertVerdicts(db: Kysely<Tables>, verdicts: readonly MachineVerdicts[]): Promise<void> {
  await db
    .insertInto('machine_verdicts')
    .values(verdicts.map(verdictsRow))
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'machine_id']).doUpdateSet(({ ref }) => ({
        judged_at_ms: ref('excluded.judged_at_ms'),
        details: ref('excluded.details'),
      })),
    )
    .execute();
}
