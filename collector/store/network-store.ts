import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { DAY_MS } from '../catalogues/viet-nam-time.ts';
import { type NetworkDefinition, networkDefinition } from '../networks/network-definition.ts';
import type { NetworkVersionTable } from './network-tables.ts';
import type { Tables } from './tables.ts';

/** Who defines a network: the settings file, or people by command and API. */
export const NETWORK_ORIGINS = ['settings', 'people'] as const;

/** What a network is from an instant on. */
export interface NetworkVersion {
  /** Counts from 1 without a gap; the higher of two is newer, whatever the clock said. */
  readonly seq: number;
  readonly network: string;
  /** Epoch milliseconds. */
  readonly fromMs: number;
  /** Undefined when the network was removed. */
  readonly definition: NetworkDefinition | undefined;
  readonly origin: (typeof NETWORK_ORIGINS)[number];
  /** Who changed it, as the audit log names them. */
  readonly changedBy: string;
}

/** Versions of networks; they can only be added. */
export interface NetworkStore {
  /** Adds a version within a transaction and gives it with its number. */
  add(version: Omit<NetworkVersion, 'seq'>): Promise<NetworkVersion>;
  /**
   * Versions behind a number, in their order.
   *
   * @throws {TramdoError} DATA_CORRUPT
   */
  after(seq: number): Promise<readonly NetworkVersion[]>;
  /** Beginning of the first day (UTC) on which anybody attempted the network; undefined when nobody did. */
  firstAttemptedMs(network: string): Promise<number | undefined>;
}

const origin = z.enum(NETWORK_ORIGINS);

/** The queries of networks. */
export function createNetworkStore(db: Kysely<Tables>): NetworkStore {
  return {
    async add({ network, fromMs, definition, origin: made, changedBy }) {
      const newest = await db
        .selectFrom('network_versions')
        .select((select) => select.fn.max('seq').as('seq'))
        .executeTakeFirst();
      const seq = (newest?.seq ?? 0) + 1;
      const row = { seq, network, from_ms: fromMs, origin: made, changed_by: changedBy };
      const text = definition === undefined ? null : JSON.stringify(definition);
      await db
        .insertInto('network_versions')
        .values({ ...row, definition: text })
        .execute();
      return { seq, network, fromMs, definition, origin: made, changedBy };
    },
    async after(seq) {
      const rows = await db.selectFrom('network_versions').selectAll().where('seq', '>', seq).orderBy('seq').execute();
      return rows.map(fromRow);
    },
    async firstAttemptedMs(network) {
      const found = await db
        .selectFrom('agency_network_days')
        .select((select) => select.fn.min('day').as('day'))
        .where('network', '=', network)
        .executeTakeFirst();
      return found === undefined || found.day === null ? undefined : found.day * DAY_MS;
    },
  };
}

function fromRow(row: Selectable<NetworkVersionTable>): NetworkVersion {
  const { seq, network, from_ms: fromMs, definition: text, changed_by: changedBy } = row;
  try {
    const definition = text === null ? undefined : networkDefinition.parse(JSON.parse(text));
    return { seq, network, fromMs, definition, origin: origin.parse(row.origin), changedBy };
  } catch (error) {
    const what = `Cannot read version ${seq} of the networks, of "${network}": ${messageOf(error)}`;
    throw new TramdoError('DATA_CORRUPT', what, { cause: error });
  }
}
