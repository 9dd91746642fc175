import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import { type DeclaredMachine, declaredMachine } from '../machines/declared-machine.ts';
import { inPieces } from './bulk.ts';
import type { DeclaredMachineTable } from './machine-tables.ts';
import type { Tables } from './tables.ts';

/** Which machine of which asset list. */
export type AssetKey = Pick<DeclaredMachine, 'agencyCode' | 'assetId'>;

/** The asset lists of agencies. */
export interface DeclaredMachineStore {
  /** Machines of one agency or of all, sorted by agency and asset id. */
  list(agencyCode?: string): Promise<readonly DeclaredMachine[]>;
  /** Codes of the agencies that have an asset list, sorted. */
  agencyCodes(): Promise<readonly string[]>;
  find(key: AssetKey): Promise<DeclaredMachine | undefined>;
  /** Adds machines, or replaces all that is known of them; an asset is in the list once. */
  save(machines: readonly DeclaredMachine[]): Promise<void>;
  remove(keys: readonly AssetKey[]): Promise<void>;
  /** By agency, how many machines its list has and how many of them stand alone; an agency without one is absent. */
  counts(): Promise<ReadonlyMap<string, { readonly machineCount: number; readonly standAloneCount: number }>>;
}

/** The queries of the asset lists. */
export function createDeclaredMachineStore(db: Kysely<Tables>): DeclaredMachineStore {
  return {
    async list(agencyCode) {
      const all = db.selectFrom('declared_machines').selectAll();
      const some = agencyCode === undefined ? all : all.where('agency_code', '=', agencyCode);
      return (await some.orderBy('agency_code').orderBy('asset_id').execute()).map(fromRow);
    },
    async agencyCodes() {
      const all = db.selectFrom('declared_machines').select('agency_code').distinct();
      return (await all.orderBy('agency_code').execute()).map(({ agency_code: code }) => code);
    },
    async find({ agencyCode, assetId }) {
      const row = await db
        .selectFrom('declared_machines')
        .selectAll()
        .where('agency_code', '=', agencyCode)
        .where('asset_id', '=', assetId)
        .executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async save(machines) {
      for (const piece of inPieces(machines)) await upsert(db, piece.map(toRow));
    },
    async remove(keys) {
      for (const piece of inPieces(keys)) {
        const rows = piece.map(({ agencyCode, assetId }) => sql`(${agencyCode}, ${assetId})`);
        await db
          .deleteFrom('declared_machines')
          .where(sql<boolean>`(agency_code, asset_id) in (values ${sql.join(rows)})`)
          .execute();
      }
    },
    async counts() {
      const rows = await db
        .selectFrom('declared_machines')
        .select('agency_code')
        .select(({ fn }) => [fn.countAll<number>().as('machines'), fn.sum<number>('is_stand_alone').as('alone')])
        .groupBy('agency_code')
        .execute();
      return new Map(
        rows.map((row) => [
          row.agency_code,
          { machineCount: Number(row.machines), standAloneCount: Number(row.alone) },
        ]),
      );
    },
  };
}

async function upsert(db: Kysely<Tables>, rows: readonly DeclaredMachineTable[]): Promise<void> {
  await db
    .insertInto('declared_machines')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['agency_code', 'asset_id']).doUpdateSet(({ ref }) => ({
        host_name: ref('excluded.host_name'),
        serial: ref('excluded.serial'),
        kind: ref('excluded.kind'),
        is_stand_alone: ref('excluded.is_stand_alone'),
        location: ref('excluded.location'),
        purpose: ref('excluded.purpose'),
        responsible_unit: ref('excluded.responsible_unit'),
        support_end: ref('excluded.support_end'),
        as_of: ref('excluded.as_of'),
        source: ref('excluded.source'),
        linked_machine_id: ref('excluded.linked_machine_id'),
      })),
    )
    .execute();
}

function toRow(machine: DeclaredMachine): DeclaredMachineTable {
  return {
    agency_code: machine.agencyCode,
    asset_id: machine.assetId,
    host_name: machine.hostName ?? null,
    serial: machine.serial ?? null,
    kind: machine.kind ?? null,
    is_stand_alone: machine.isStandAlone ? 1 : 0,
    location: machine.location ?? null,
    purpose: machine.purpose ?? null,
    responsible_unit: machine.responsibleUnit ?? null,
    support_end: machine.supportEnd ?? null,
    as_of: machine.asOf,
    source: machine.source,
    linked_machine_id: machine.linkedMachineId ?? null,
  };
}

function fromRow(row: Selectable<DeclaredMachineTable>): DeclaredMachine {
  return declaredMachine.parse({
    agencyCode: row.agency_code,
    assetId: row.asset_id,
    hostName: row.host_name ?? undefined,
    serial: row.serial ?? undefined,
    kind: row.kind ?? undefined,
    isStandAlone: row.is_stand_alone !== 0,
    location: row.location ?? undefined,
    purpose: row.purpose ?? undefined,
    responsibleUnit: row.responsible_unit ?? undefined,
    supportEnd: row.support_end ?? undefined,
    asOf: row.as_of,
    source: row.source,
    linkedMachineId: row.linked_machine_id ?? undefined,
  });
}
