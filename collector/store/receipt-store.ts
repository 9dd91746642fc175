import { type Kysely, type Selectable, sql } from 'kysely';
import { inPieces } from './bulk.ts';
import type { NewestReceiptTable } from './connectivity-tables.ts';
import type { MachineKey } from './machine-store.ts';
import type { Tables } from './tables.ts';

/** The newest accepted receipt of one machine and network. */
export interface NewestReceipt extends MachineKey {
  readonly network: string;
  /** By the machine's clock. */
  readonly slot: number;
  /** When the beacon signed, by its own clock, epoch milliseconds. */
  readonly atMs: number;
  /** As normalAddress() spells it. */
  readonly observedAddress: string;
  /** Id of the key. */
  readonly kid: string;
}

/** Receipts, as far as the next ones are compared with them. */
export interface ReceiptStore {
  /** The newest receipts of machines, in no order. */
  newestOf(machines: readonly MachineKey[]): Promise<readonly NewestReceipt[]>;
  /** The newest receipts of whatever machines in which beacons saw one of these addresses, in no order. */
  newestFrom(addresses: readonly string[]): Promise<readonly NewestReceipt[]>;
  /** The newest receipt of each machine of an agency on a network, newest first, at most `limit`. */
  ofAgency(agencyCode: string, network: string, limit: number): Promise<readonly NewestReceipt[]>;
  save(receipts: readonly NewestReceipt[]): Promise<void>;
}

/** The queries of receipts. */
export function createReceiptStore(db: Kysely<Tables>): ReceiptStore {
  return {
    async newestOf(machines) {
      const found: NewestReceipt[] = [];
      for (const piece of inPieces(machines)) {
        const keys = piece.map(({ agencyCode, machineId }) => sql`(${agencyCode}, ${machineId})`);
        const rows = await db
          .selectFrom('newest_receipts')
          .selectAll()
          .where(sql<boolean>`(agency_code, machine_id) in (values ${sql.join(keys)})`)
          .execute();
        found.push(...rows.map(receiptOf));
      }
      return found;
    },
    async newestFrom(addresses) {
      const found: NewestReceipt[] = [];
      for (const piece of inPieces(addresses)) {
        const rows = await db
          .selectFrom('newest_receipts')
          .selectAll()
          .where('observed_address', 'in', piece)
          .execute();
        found.push(...rows.map(receiptOf));
      }
      return found;
    },
    async ofAgency(agencyCode, network, limit) {
      const rows = await db
        .selectFrom('newest_receipts')
        .selectAll()
        .where('agency_code', '=', agencyCode)
        .where('network', '=', network)
        .orderBy('at_ms', 'desc')
        .orderBy('machine_id')
        .limit(limit)
        .execute();
      return rows.map(receiptOf);
    },
    async save(receipts) {
      for (const piece of inPieces(receipts)) {
        await db
          .insertInto('newest_receipts')
          .values(
            piece.map((one) => ({
              agency_code: one.agencyCode,
              machine_id: one.machineId,
              network: one.network,
              slot: one.slot,
              at_ms: one.atMs,
              observed_address: one.observedAddress,
              kid: one.kid,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['agency_code', 'machine_id', 'network']).doUpdateSet(({ ref }) => ({
              slot: ref('excluded.slot'),
              at_ms: ref('excluded.at_ms'),
              observed_address: ref('excluded.observed_address'),
              kid: ref('excluded.kid'),
            })),
          )
          .execute();
      }
    },
  };
}

function receiptOf(row: Selectable<NewestReceiptTable>): NewestReceipt {
  return {
    agencyCode: row.agency_code,
    machineId: row.machine_id,
    network: row.network,
    slot: row.slot,
    atMs: row.at_ms,
    observedAddress: row.observed_address,
    kid: row.kid,
  };
}
