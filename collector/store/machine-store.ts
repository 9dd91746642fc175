import type { Kysely, Selectable } from 'kysely';
import type { Platform } from '#shared/enrolment.ts';
import { PLATFORMS } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';
import { type PublicJwk, publicJwk } from '#shared/signature.ts';
import type { MachineNotes } from '../machines/machine-notes.ts';
import type { StateBounds } from './figure-store.ts';
import { findNotes, upsertNotes } from './machine-note-rows.ts';
import { findMachinePage, findSerials, type ListedMachine, type MachineQuery } from './machine-page.ts';
import type { MachineTable, Tables } from './tables.ts';

/** Which machine, and of which agency: the key of everything that is kept of it. */
export interface MachineKey {
  readonly agencyCode: string;
  readonly machineId: string;
}

/** Who a machine is. */
export interface Machine extends MachineKey {
  readonly publicKey: PublicJwk;
  /** SHA-256 over stable hardware ids, base64url. */
  readonly fingerprint: string;
  readonly hostname: string;
  readonly platform: Platform;
  readonly agentVersion: string;
  readonly enrolledAtMs: number;
  /** From when on it counts for its agency, when it was moved there; only {@link MachineStore.find} tells. */
  readonly movedSinceMs?: number;
  /** Absent while the machine is in use. */
  readonly retiredAtMs?: number;
}

/** Things that happen to a machine. */
export const MACHINE_EVENTS = [
  'enrolled',
  're-enrolled',
  'fingerprint-elsewhere',
  'fingerprint-changed',
  'fingerprint-replaced',
  'conflict',
  'decided',
  'moved',
  'retired',
  'brought-back',
] as const;

/** Something that happened to a machine. */
export interface MachineEvent extends MachineKey {
  readonly atMs: number;
  readonly event: (typeof MACHINE_EVENTS)[number];
  /** What a person should know; empty when the name says all. */
  readonly detail: string;
}

/** Machines and what happened to them. */
export interface MachineStore {
  find(machineId: string): Promise<Machine | undefined>;
  /** Machines with a fingerprint, of any agency, sorted by id. */
  withFingerprint(fingerprint: string): Promise<readonly Machine[]>;
  /** Adds a machine or replaces what is known of it. */
  save(machine: Machine): Promise<void>;
  /** Machines of one agency or of all, sorted by agency and host name. */
  list(agencyCode?: string): Promise<readonly Machine[]>;
  /** Ids of an agency's machines that are not retired, sorted. */
  idsInUse(agencyCode: string): Promise<readonly string[]>;
  addEvent(event: MachineEvent): Promise<void>;
  /** Newest first, at most 100. */
  events(key: MachineKey): Promise<readonly MachineEvent[]>;
  /** Machines that fit, sorted by agency, host name and id. */
  page(query: MachineQuery, bounds: StateBounds): Promise<readonly ListedMachine[]>;
  /** Codes of the agencies that have machines, retired ones too, sorted. */
  agencyCodes(): Promise<readonly string[]>;
  /** Serial numbers that agents saw in an agency, by machine id; a machine without one is absent. */
  serials(agencyCode: string): Promise<ReadonlyMap<string, string>>;
  /** What people say of machines, by machine id; a machine nobody spoke of is absent. */
  notes(keys: readonly MachineKey[]): Promise<ReadonlyMap<string, MachineNotes>>;
  /** Replaces all that people say of a machine. */
  saveNotes(key: MachineKey, notes: MachineNotes): Promise<void>;
}

/** The queries of the machines. */
export function createMachineStore(db: Kysely<Tables>): MachineStore {
  return {
    async find(machineId) {
      const row = await db
        .selectFrom('machines as m')
        .selectAll('m')
        .select((builder) =>
          builder
            .selectFrom('machine_moves as v')
            .whereRef('v.machine_id', '=', 'm.machine_id')
            .select('v.since_ms')
            .orderBy('v.at_ms', 'desc')
            .limit(1)
            .as('moved_since_ms'),
        )
        .where('m.machine_id', '=', machineId)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { ...fromRow(row), ...(row.moved_since_ms === null ? {} : { movedSinceMs: row.moved_since_ms }) };
    },
    async withFingerprint(fingerprint) {
      const rows = await db
        .selectFrom('machines')
        .selectAll()
        .where('fingerprint', '=', fingerprint)
        .orderBy('machine_id')
        .execute();
      return rows.map(fromRow);
    },
    async save(machine) {
      await db
        .insertInto('machines')
        .values(toRow(machine))
        .onConflict((conflict) =>
          conflict.columns(['agency_code', 'machine_id']).doUpdateSet(({ ref }) => ({
            public_key: ref('excluded.public_key'),
            fingerprint: ref('excluded.fingerprint'),
            hostname: ref('excluded.hostname'),
            platform: ref('excluded.platform'),
            agent_version: ref('excluded.agent_version'),
            retired_at_ms: ref('excluded.retired_at_ms'),
          })),
        )
        .execute();
    },
    async list(agencyCode) {
      const all = db.selectFrom('machines').selectAll();
      const some = agencyCode === undefined ? all : all.where('agency_code', '=', agencyCode);
      const rows = await some.orderBy('agency_code').orderBy('hostname').orderBy('machine_id').execute();
      return rows.map(fromRow);
    },
    async idsInUse(agencyCode) {
      const rows = await db
        .selectFrom('machines')
        .select('machine_id')
        .where('agency_code', '=', agencyCode)
        .where('retired_at_ms', 'is', null)
        .orderBy('machine_id')
        .execute();
      return rows.map(({ machine_id: machineId }) => machineId);
    },
    async addEvent({ agencyCode, machineId, atMs, event, detail }) {
      await db
        .insertInto('machine_events')
        .values({ agency_code: agencyCode, machine_id: machineId, at_ms: atMs, event, detail })
        .onConflict((conflict) => conflict.columns(['agency_code', 'machine_id', 'at_ms', 'event']).doNothing())
        .execute();
    },
    async events({ agencyCode, machineId }) {
      const rows = await db
        .selectFrom('machine_events')
        .selectAll()
        .where('agency_code', '=', agencyCode)
        .where('machine_id', '=', machineId)
        .orderBy('at_ms', 'desc')
        .limit(100)
        .execute();
      return rows.flatMap((row) => {
        const event = MACHINE_EVENTS.find((known) => known === row.event);
        return event === undefined ? [] : [{ agencyCode, machineId, atMs: row.at_ms, event, detail: row.detail }];
      });
    },
    page: (query, bounds) => findMachinePage(db, query, bounds),
    async agencyCodes() {
      const rows = await db.selectFrom('machines').select('agency_code').distinct().orderBy('agency_code').execute();
      return rows.map(({ agency_code: code }) => code);
    },
    serials: (agencyCode) => findSerials(db, agencyCode),
    notes: (keys) => findNotes(db, keys),
    saveNotes: (key, notes) => upsertNotes(db, key, notes),
  };
}

function toRow(machine: Machine): MachineTable {
  return {
    agency_code: machine.agencyCode,
    machine_id: machine.machineId,
    public_key: JSON.stringify(machine.publicKey),
    fingerprint: machine.fingerprint,
    hostname: machine.hostname,
    platform: machine.platform,
    agent_version: machine.agentVersion,
    enrolled_at_ms: machine.enrolledAtMs,
    retired_at_ms: machine.retiredAtMs ?? null,
  };
}

function fromRow(row: Selectable<MachineTable>): Machine {
  const platform = PLATFORMS.find((known) => known === row.platform);
  if (platform === undefined) {
    throw new TramdoError('DATA_CORRUPT', `Cannot read a machine: current value of its platform is "${row.platform}"`);
  }
  return {
    agencyCode: row.agency_code,
    machineId: row.machine_id,
    publicKey: publicJwk.parse(JSON.parse(row.public_key)),
    fingerprint: row.fingerprint,
    hostname: row.hostname,
    platform,
    agentVersion: row.agent_version,
    enrolledAtMs: row.enrolled_at_ms,
    ...(row.retired_at_ms === null ? {} : { retiredAtMs: row.retired_at_ms }),
  };
}
