import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A release that agents may fetch, for one agency or for all. */
export interface ReleaseOffer {
  /** Absent: every agency without an offer of its own. */
  readonly agencyCode?: string;
  readonly version: string;
  /** Share of an agency's machines, 0 to 1. */
  readonly shareRatio: number;
  readonly offeredAtMs: number;
}

/** Offers of releases; all of one version. */
export interface ReleaseOfferStore {
  /** Sorted by agency, the one for all first. */
  list(): Promise<readonly ReleaseOffer[]>;
  /** Adds an offer or replaces that of the same agency; offers of another version end. */
  offer(offer: ReleaseOffer): Promise<void>;
  /** Ends every offer. */
  stop(): Promise<void>;
}

const EVERY_AGENCY = '';

/** The queries of the offers. */
export function createReleaseOfferStore(db: Kysely<Tables>): ReleaseOfferStore {
  return {
    async list() {
      const rows = await db.selectFrom('release_offers').selectAll().orderBy('agency_code').execute();
      return rows.map(({ agency_code: code, version, share_ratio: shareRatio, offered_at_ms: offeredAtMs }) => ({
        version,
        shareRatio,
        offeredAtMs,
        ...(code === EVERY_AGENCY ? {} : { agencyCode: code }),
      }));
    },
    async offer({ agencyCode = EVERY_AGENCY, version, shareRatio, offeredAtMs }) {
      const row = { agency_code: agencyCode, version, share_ratio: shareRatio, offered_at_ms: offeredAtMs };
      await db.deleteFrom('release_offers').where('version', '!=', version).execute();
      await db
        .insertInto('release_offers')
        .values(row)
        .onConflict((conflict) => conflict.column('agency_code').doUpdateSet(row))
        .execute();
    },
    async stop() {
      await db.deleteFrom('release_offers').execute();
    },
  };
}
