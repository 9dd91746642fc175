import { type Kysely, type Selectable, sql } from 'kysely';
import { inPieces } from './bulk.ts';
import type { AgencyTargetTable } from './connectivity-tables.ts';
import type { Tables } from './tables.ts';

/** Which target of which network, as an agency sees it. */
export interface AgencyTargetKey {
  readonly agencyCode: string;
  readonly network: string;
  /** As the plan writes it. */
  readonly target: string;
}

/** What the PCs of an agency newly saw of one target, at its own places; instants may lag by an hour. */
export interface AgencyTarget extends AgencyTargetKey {
  /** Newest attempt, epoch milliseconds. */
  readonly newestAtMs: number;
  /** Absent without a success. */
  readonly newestSuccessAtMs?: number;
  /** HTTP status of the newest answer; absent for other kinds of target. */
  readonly status?: number;
  /** End of the newest certificate, epoch milliseconds. */
  readonly certificateNotAfterMs?: number;
  /** Code of the newest failed attempt; absent without one. */
  readonly lastFailure?: string;
}

/** Until when the certificate of a target holds. */
export interface TargetCertificate extends Omit<AgencyTargetKey, 'agencyCode'> {
  /** The earliest end that an agency saw, epoch milliseconds. */
  readonly notAfterMs: number;
}

/** Targets as agencies see them. */
export interface AgencyTargetStore {
  /** Those that are there, in no order. */
  find(keys: readonly AgencyTargetKey[]): Promise<readonly AgencyTarget[]>;
  save(targets: readonly AgencyTarget[]): Promise<void>;
  /** Of one agency, or of all when absent; sorted by agency, network and target. */
  list(agencyCode?: string): Promise<readonly AgencyTarget[]>;
  /** The certificates of targets that were tried since an instant, epoch milliseconds; sorted by network and target. */
  certificates(sinceMs: number): Promise<readonly TargetCertificate[]>;
  /** Forgets what was last tried before an instant, epoch milliseconds. */
  forgetBefore(atMs: number): Promise<void>;
}

/** The queries of targets. */
export function createAgencyTargetStore(db: Kysely<Tables>): AgencyTargetStore {
  return {
    async find(keys) {
      const found: AgencyTarget[] = [];
      for (const piece of inPieces(keys)) {
        const wanted = piece.map(({ agencyCode, network, target }) => sql`(${agencyCode}, ${network}, ${target})`);
        const rows = await db
          .selectFrom('agency_targets')
          .selectAll()
          .where(sql<boolean>`(agency_code, network, target) in (values ${sql.join(wanted)})`)
          .execute();
        found.push(...rows.map(targetOf));
      }
      return found;
    },
    async save(targets) {
      for (const piece of inPieces(targets)) {
        await db
          .insertInto('agency_targets')
          .values(piece.map(rowOf))
          .onConflict((conflict) =>
            conflict.columns(['agency_code', 'network', 'target']).doUpdateSet(({ ref }) => ({
              newest_at_ms: ref('excluded.newest_at_ms'),
              newest_success_at_ms: ref('excluded.newest_success_at_ms'),
              status: ref('excluded.status'),
              certificate_not_after_ms: ref('excluded.certificate_not_after_ms'),
              last_failure: ref('excluded.last_failure'),
            })),
          )
          .execute();
      }
    },
    async list(agencyCode) {
      const all = db.selectFrom('agency_targets').selectAll();
      const rows = await (agencyCode === undefined ? all : all.where('agency_code', '=', agencyCode))
        .orderBy('agency_code')
        .orderBy('network')
        .orderBy('target')
        .execute();
      return rows.map(targetOf);
    },
    async certificates(sinceMs) {
      const rows = await db
        .selectFrom('agency_targets')
        .select(({ fn }) => ['network', 'target', fn.min('certificate_not_after_ms').as('not_after_ms')])
        .where('newest_at_ms', '>=', sinceMs)
        .where('certificate_not_after_ms', 'is not', null)
        .groupBy(['network', 'target'])
        .orderBy('network')
        .orderBy('target')
        .execute();
      return rows.map(({ network, target, not_after_ms: notAfterMs }) => ({
        network,
        target,
        notAfterMs: Number(notAfterMs),
      }));
    },
    async forgetBefore(atMs) {
      await db.deleteFrom('agency_targets').where('newest_at_ms', '<', atMs).execute();
    },
  };
}

function rowOf(target: AgencyTarget): AgencyTargetTable {
  return {
    agency_code: target.agencyCode,
    network: target.network,
    target: target.target,
    newest_at_ms: target.newestAtMs,
    newest_success_at_ms: target.newestSuccessAtMs ?? null,
    status: target.status ?? null,
    certificate_not_after_ms: target.certificateNotAfterMs ?? null,
    last_failure: target.lastFailure ?? null,
  };
}

function targetOf(row: Selectable<AgencyTargetTable>): AgencyTarget {
  const { newest_success_at_ms, status, certificate_not_after_ms, last_failure } = row;
  return {
    agencyCode: row.agency_code,
    network: row.network,
    target: row.target,
    newestAtMs: row.newest_at_ms,
    ...(newest_success_at_ms === null ? {} : { newestSuccessAtMs: newest_success_at_ms }),
    ...(status === null ? {} : { status }),
    ...(certificate_not_after_ms === null ? {} : { certificateNotAfterMs: certificate_not_after_ms }),
    ...(last_failure === null ? {} : { lastFailure: last_failure }),
  };
}
