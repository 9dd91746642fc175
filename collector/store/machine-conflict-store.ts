import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type PublicJwk, publicJwk } from '#shared/signature.ts';
import { inPieces } from './bulk.ts';
import type { MachineKey } from './machine-store.ts';
import type { MachineConflictTable } from './machine-tables.ts';
import type { Tables } from './tables.ts';

/**
 * `cloned-disk`: two fingerprints take turns under one machine id. `shared-fingerprint`: a machine joined as another
 * that still reports, as the hardware of both says the same of itself.
 */
export const CONFLICT_KINDS = ['cloned-disk', 'shared-fingerprint'] as const;

/** What a person may decide of a conflict. */
export const CONFLICT_DECISIONS = ['same-machine', 'two-machines', 'retire'] as const;

/** One of {@link CONFLICT_DECISIONS}. */
export type ConflictDecision = (typeof CONFLICT_DECISIONS)[number];

/** One side of a conflict as it was seen. */
export const conflictSide = z.object({
  fingerprint: z.string(),
  firstSeenAtMs: z.number(),
  lastSeenAtMs: z.number(),
  selfHash: z.string().optional().describe('Hash of the `self` observation that told the fingerprint'),
});

/** Machines of which one was seen to be two. */
export interface MachineConflict extends MachineKey {
  readonly kind: (typeof CONFLICT_KINDS)[number];
  readonly detectedAtMs: number;
  /** The machine that was made for the newer of the two. */
  readonly otherId?: string;
  /** The older side first. */
  readonly evidence: readonly z.infer<typeof conflictSide>[];
  /** Absent while nobody decided. */
  readonly decision?: ConflictDecision;
  readonly decidedAtMs?: number;
  readonly decidedBy?: string;
}

/**
 * `seen`: nothing was decided. `refused`: reports that speak of it are refused, as it is the newer of two. `accepted`: a
 * person said that it is the same machine.
 */
export const FINGERPRINT_STATES = ['seen', 'refused', 'accepted'] as const;

/** A fingerprint that reports under a machine id spoke of. */
export interface SeenFingerprint extends MachineKey {
  readonly fingerprint: string;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** Hash of the newest `self` observation with it. */
  readonly selfHash: string;
  readonly state: (typeof FINGERPRINT_STATES)[number];
}

/** A key that a machine had before it joined again. */
export interface FormerKey extends MachineKey {
  readonly publicKey: PublicJwk;
  /** Host name the machine had then. */
  readonly hostname: string;
  readonly replacedAtMs: number;
  /** The machine whose reports it signs; absent while nobody uses it. */
  readonly standsFor?: string;
}

/** What is known of machines that are not what their id says. */
export interface MachineConflictStore {
  /** Fingerprints by machine id; machines of which only one was seen are absent. */
  fingerprints(keys: readonly MachineKey[]): Promise<ReadonlyMap<string, readonly SeenFingerprint[]>>;
  saveFingerprints(fingerprints: readonly SeenFingerprint[]): Promise<void>;
  /** Machines whose newest fingerprint, first seen before an instant, is not yet their own and is disputed by none. */
  settledFingerprints(firstSeenBeforeMs: number): Promise<readonly (MachineKey & { readonly fingerprint: string })[]>;
  /** The newest few former keys under a machine id, newest first. */
  formerKeys(machineId: string): Promise<readonly FormerKey[]>;
  saveKey(key: FormerKey): Promise<void>;
  /** Adds a conflict or replaces what is known of it. */
  save(conflict: MachineConflict): Promise<void>;
  /** Conflicts nobody decided, of some agencies or of all, newest first. */
  open(agencyCodes?: ReadonlySet<string>): Promise<readonly MachineConflict[]>;
  /** Every conflict that a machine is a side of, newest first. */
  of(machineId: string): Promise<readonly MachineConflict[]>;
}

/** Every one costs a verification, and whoever joins again and again needs none but the newest. */
const MOST_KEYS = 4;

/** The queries of conflicts. */
export function createMachineConflictStore(db: Kysely<Tables>): MachineConflictStore {
  return {
    fingerprints: (keys) => findFingerprints(db, keys),
    async saveFingerprints(fingerprints) {
      for (const piece of inPieces(fingerprints)) await upsertFingerprints(db, piece);
    },
    async settledFingerprints(firstSeenBeforeMs) {
      const rows = await db
        .selectFrom('machine_fingerprints as f')
        .innerJoin('machine_states as s', (join) =>
          join
            .onRef('s.agency_code', '=', 'f.agency_code')
            .onRef('s.machine_id', '=', 'f.machine_id')
            .onRef('s.fingerprint', '=', 'f.fingerprint'),
        )
        .innerJoin('machines as m', (join) =>
          join.onRef('m.agency_code', '=', 'f.agency_code').onRef('m.machine_id', '=', 'f.machine_id'),
        )
        .select(['f.agency_code', 'f.machine_id', 'f.fingerprint'])
        .where('f.first_seen_at_ms', '<', firstSeenBeforeMs)
        .where('f.state', '<>', 'refused')
        .where('s.is_contested', '=', 0)
        .whereRef('m.fingerprint', '<>', 'f.fingerprint')
        .execute();
      return rows.map((row) => ({
        agencyCode: row.agency_code,
        machineId: row.machine_id,
        fingerprint: row.fingerprint,
      }));
    },
    async formerKeys(machineId) {
      const rows = await db
        .selectFrom('machine_keys')
        .selectAll()
        .where('machine_id', '=', machineId)
        .orderBy('replaced_at_ms', 'desc')
        .limit(MOST_KEYS)
        .execute();
      return rows.map((row) => ({
        agencyCode: row.agency_code,
        machineId,
        publicKey: publicJwk.parse(JSON.parse(row.public_key)),
        hostname: row.hostname,
        replacedAtMs: row.replaced_at_ms,
        ...(row.stands_for === null ? {} : { standsFor: row.stands_for }),
      }));
    },
    async saveKey({ agencyCode, machineId, publicKey, hostname, replacedAtMs, standsFor }) {
      const known = { hostname, replaced_at_ms: replacedAtMs, stands_for: standsFor ?? null };
      await db
        .insertInto('machine_keys')
        .values({ agency_code: agencyCode, machine_id: machineId, public_key: JSON.stringify(publicKey), ...known })
        .onConflict((conflict) => conflict.columns(['agency_code', 'machine_id', 'public_key']).doUpdateSet(known))
        .execute();
    },
    save: (conflict) => upsertConflict(db, conflict),
    async open(agencyCodes) {
      const rows = await db
        .selectFrom('machine_conflicts')
        .selectAll()
        .where('decision', 'is', null)
        .orderBy('detected_at_ms', 'desc')
        .orderBy('machine_id')
        .execute();
      return rows.filter((row) => agencyCodes?.has(row.agency_code) ?? true).map(conflictOf);
    },
    async of(machineId) {
      const rows = await db
        .selectFrom('machine_conflicts')
        .selectAll()
        .where(({ eb, or }) => or([eb('machine_id', '=', machineId), eb('other_id', '=', machineId)]))
        .orderBy('detected_at_ms', 'desc')
        .execute();
      return rows.map(conflictOf);
    },
  };
}

async function findFingerprints(
  db: Kysely<Tables>,
  keys: readonly MachineKey[],
): Promise<ReadonlyMap<string, readonly SeenFingerprint[]>> {
  const found = new Map<string, SeenFingerprint[]>();
  for (const piece of inPieces(keys)) {
    const tuples = piece.map(({ agencyCode, machineId }) => sql`(${agencyCode}, ${machineId})`);
    const rows = await db
      .selectFrom('machine_fingerprints')
      .selectAll()
      .where(sql<boolean>`(agency_code, machine_id) in (values ${sql.join(tuples)})`)
      .orderBy('first_seen_at_ms')
      .execute();
    for (const row of rows) {
      const ofMachine = found.get(row.machine_id) ?? [];
      found.set(row.machine_id, ofMachine);
      ofMachine.push({
        agencyCode: row.agency_code,
        machineId: row.machine_id,
        fingerprint: row.fingerprint,
        firstSeenAtMs: row.first_seen_at_ms,
        lastSeenAtMs: row.last_seen_at_ms,
        selfHash: row.self_hash,
        state: FINGERPRINT_STATES.find((known) => known === row.state) ?? 'seen',
      });
    }
  }
  return found;
}

async function upsertFingerprints(db: Kysely<Tables>, fingerprints: readonly SeenFingerprint[]): Promise<void> {
  await db
    .insertInto('machine_fingerprints')
    .values(
      fingerprints.map((seen) => ({
        agency_code: seen.agencyCode,
        machine_id: seen.machineId,
        fingerprint: seen.fingerprint,
        first_seen_at_ms: seen.firstSeenAtMs,
        last_seen_at_ms: seen.lastSeenAtMs,
        self_hash: seen.selfHash,
        state: seen.state,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'machine_id', 'fingerprint']).doUpdateSet(({ ref }) => ({
        last_seen_at_ms: ref('excluded.last_seen_at_ms'),
        self_hash: ref('excluded.self_hash'),
        state: ref('excluded.state'),
      })),
    )
    .execute();
}

async function upsertConflict(db: Kysely<Tables>, conflict: MachineConflict): Promise<void> {
  const known = {
    other_id: conflict.otherId ?? null,
    evidence: JSON.stringify(conflict.evidence),
    decision: conflict.decision ?? null,
    decided_at_ms: conflict.decidedAtMs ?? null,
    decided_by: conflict.decidedBy ?? null,
  };
  const { agencyCode, machineId, kind, detectedAtMs } = conflict;
  await db
    .insertInto('machine_conflicts')
    .values({ agency_code: agencyCode, machine_id: machineId, kind, detected_at_ms: detectedAtMs, ...known })
    .onConflict((found) => found.columns(['agency_code', 'machine_id', 'kind', 'detected_at_ms']).doUpdateSet(known))
    .execute();
}

function conflictOf(row: Selectable<MachineConflictTable>): MachineConflict {
  const decision = CONFLICT_DECISIONS.find((known) => known === row.decision);
  return {
    agencyCode: row.agency_code,
    machineId: row.machine_id,
    kind: CONFLICT_KINDS.find((known) => known === row.kind) ?? 'cloned-disk',
    detectedAtMs: row.detected_at_ms,
    ...(row.other_id === null ? {} : { otherId: row.other_id }),
    evidence: z.array(conflictSide).parse(JSON.parse(row.evidence)),
    ...(decision === undefined ? {} : { decision }),
    ...(row.decided_at_ms === null ? {} : { decidedAtMs: row.decided_at_ms }),
    ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
  };
}
