import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A join token as it is kept: never the secret itself. */
export interface JoinToken {
  readonly id: string;
  readonly agencyCode: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly revokedAtMs?: number;
  /** Machines that may join with it; absent means any number. */
  readonly maxUseCount?: number;
  readonly useCount: number;
}

/** Join tokens. */
export interface TokenStore {
  /** @param tokenHash SHA-256 of the secret, base64url */
  add(token: JoinToken, tokenHash: string): Promise<void>;
  /**
   * Counts one use of a token, unless it is unknown, expired, used up or revoked.
   *
   * @returns the code of its agency; undefined when it may not be used
   */
  use(tokenHash: string, atMs: number): Promise<string | undefined>;
  /** Every token, newest first. */
  list(): Promise<readonly JoinToken[]>;
  /** Tells whether there was such a token. */
  revoke(id: string, atMs: number): Promise<boolean>;
}

/** The queries of the join tokens. */
export function createTokenStore(db: Kysely<Tables>): TokenStore {
  return {
    async add(token, tokenHash) {
      await db
        .insertInto('join_tokens')
        .values({
          id: token.id,
          agency_code: token.agencyCode,
          token_hash: tokenHash,
          created_at_ms: token.createdAtMs,
          expires_at_ms: token.expiresAtMs,
          revoked_at_ms: token.revokedAtMs ?? null,
          max_uses: token.maxUseCount ?? null,
          uses: token.useCount,
        })
        .execute();
    },
    async use(tokenHash, atMs) {
      const row = await db
        .updateTable('join_tokens')
        .set(({ eb }) => ({ uses: eb('uses', '+', 1) }))
        .where('token_hash', '=', tokenHash)
        .where('expires_at_ms', '>', atMs)
        .where('revoked_at_ms', 'is', null)
        .where(({ eb, or, ref }) => or([eb('max_uses', 'is', null), eb('uses', '<', ref('max_uses'))]))
        .returning('agency_code')
        .executeTakeFirst();
      return row?.agency_code;
    },
    async list() {
      const rows = await db
        .selectFrom('join_tokens')
        .selectAll()
        .orderBy('created_at_ms', 'desc')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        agencyCode: row.agency_code,
        createdAtMs: row.created_at_ms,
        expiresAtMs: row.expires_at_ms,
        useCount: row.uses,
        ...(row.revoked_at_ms === null ? {} : { revokedAtMs: row.revoked_at_ms }),
        ...(row.max_uses === null ? {} : { maxUseCount: row.max_uses }),
      }));
    },
    async revoke(id, atMs) {
      const result = await db
        .updateTable('join_tokens')
        .set(({ fn, val }) => ({ revoked_at_ms: fn.coalesce('revoked_at_ms', val(atMs)) }))
        .where('id', '=', id)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
  };
}
