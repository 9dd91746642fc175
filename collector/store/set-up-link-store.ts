import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A link with which a password is set, once. */
export interface SetUpLink {
  /** Absent for the link with which the first account of all is made. */
  readonly accountId?: string;
  readonly expiresAtMs: number;
}

/** Set-up links, by the hash of their secret. */
export interface SetUpLinkStore {
  /** Adds a link; older ones for the same account, or for the first of all, are gone. */
  replace(link: SetUpLink, secretHash: string): Promise<void>;
  /** Undefined when there is none, it was used, or it has expired. */
  find(secretHash: string, atMs: number): Promise<SetUpLink | undefined>;
  /** The same as find, and from then on there is none. */
  use(secretHash: string, atMs: number): Promise<SetUpLink | undefined>;
  forgetBefore(atMs: number): Promise<void>;
}

/** The queries of the set-up links. */
export function createSetUpLinkStore(db: Kysely<Tables>): SetUpLinkStore {
  return {
    async replace({ accountId, expiresAtMs }, secretHash) {
      await db
        .deleteFrom('set_up_links')
        .$if(accountId === undefined, (query) => query.where('account_id', 'is', null))
        .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId ?? ''))
        .execute();
      await db
        .insertInto('set_up_links')
        .values({ secret_hash: secretHash, account_id: accountId ?? null, expires_at_ms: expiresAtMs })
        .execute();
    },
    async find(secretHash, atMs) {
      const [row] = await db
        .selectFrom('set_up_links')
        .selectAll()
        .where('secret_hash', '=', secretHash)
        .where('expires_at_ms', '>', atMs)
        .execute();
      return row === undefined ? undefined : fromRow(row);
    },
    async use(secretHash, atMs) {
      const [row] = await db
        .deleteFrom('set_up_links')
        .where('secret_hash', '=', secretHash)
        .where('expires_at_ms', '>', atMs)
        .returningAll()
        .execute();
      return row === undefined ? undefined : fromRow(row);
    },
    async forgetBefore(atMs) {
      await db.deleteFrom('set_up_links').where('expires_at_ms', '<=', atMs).execute();
    },
  };
}

function fromRow({ account_id: accountId, expires_at_ms: expiresAtMs }: Tables['set_up_links']): SetUpLink {
  return { expiresAtMs, ...(accountId === null ? {} : { accountId }) };
}
