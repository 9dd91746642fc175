import type { Kysely, Selectable } from 'kysely';
import { TramdoError } from '#shared/errors.ts';
import { ROLES, type Role } from '../people/principal.ts';
import type { AccessTokenTable } from './people-tables.ts';
import type { Tables } from './tables.ts';

/** A token with which a program asks, as it is kept: never the secret itself. */
export interface AccessToken {
  readonly id: string;
  /** What it is for, in the words of whoever made it. */
  readonly name: string;
  readonly role: Role;
  readonly agencyCode?: string;
  /** Account that made it; absent when it was a command on the collector's own computer. */
  readonly accountId?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Newest day of use, `yyyy-mm-dd` in Asia/Ho_Chi_Minh. */
  readonly usedDay?: string;
  readonly revokedAtMs?: number;
}

/** Tokens of programs. */
export interface AccessTokenStore {
  /** @param secretHash SHA-256 of the secret, base64url */
  add(token: AccessToken, secretHash: string): Promise<void>;
  find(id: string): Promise<AccessToken | undefined>;
  /** Whatever its state: expiry and revocation are for the caller to see. */
  findBySecret(secretHash: string): Promise<AccessToken | undefined>;
  /** Every token, or those of one maker, newest first. */
  list(accountId?: string): Promise<readonly AccessToken[]>;
  /** Tells whether it was not revoked before. */
  revoke(id: string, atMs: number): Promise<boolean>;
  noteUse(id: string, day: string): Promise<void>;
}

/** The queries of the access tokens. */
export function createAccessTokenStore(db: Kysely<Tables>): AccessTokenStore {
  const one = async (column: 'id' | 'secret_hash', value: string) => {
    const [row] = await db.selectFrom('access_tokens').selectAll().where(column, '=', value).execute();
    return row === undefined ? undefined : fromRow(row);
  };
  return {
    async add(token, secretHash) {
      await db
        .insertInto('access_tokens')
        .values({ ...toRow(token), secret_hash: secretHash })
        .execute();
    },
    find: (id) => one('id', id),
    findBySecret: (secretHash) => one('secret_hash', secretHash),
    async list(accountId) {
      const rows = await db
        .selectFrom('access_tokens')
        .selectAll()
        .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId ?? ''))
        .orderBy('created_at_ms', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
    async revoke(id, atMs) {
      const result = await db
        .updateTable('access_tokens')
        .set({ revoked_at_ms: atMs })
        .where('id', '=', id)
        .where('revoked_at_ms', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async noteUse(id, day) {
      await db.updateTable('access_tokens').set({ used_day: day }).where('id', '=', id).execute();
    },
  };
}

function toRow(token: AccessToken): Omit<AccessTokenTable, 'secret_hash'> {
  return {
    id: token.id,
    name: token.name,
    role: token.role,
    agency_code: token.agencyCode ?? null,
    account_id: token.accountId ?? '',
    created_at_ms: token.createdAtMs,
    expires_at_ms: token.expiresAtMs,
    used_day: token.usedDay ?? null,
    revoked_at_ms: token.revokedAtMs ?? null,
  };
}

function fromRow(row: Selectable<AccessTokenTable>): AccessToken {
  const role = ROLES.find((known) => known === row.role);
  if (role === undefined) {
    throw new TramdoError('DATA_CORRUPT', `Cannot read a token: current value of its role is "${row.role}"`);
  }
  return {
    id: row.id,
    name: row.name,
    role,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    ...(row.agency_code === null ? {} : { agencyCode: row.agency_code }),
    ...(row.account_id === '' ? {} : { accountId: row.account_id }),
    ...(row.used_day === null ? {} : { usedDay: row.used_day }),
    ...(row.revoked_at_ms === null ? {} : { revokedAtMs: row.revoked_at_ms }),
  };
}
