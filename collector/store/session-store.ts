import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Somebody who is signed in, as it is kept. */
export interface StoredSession {
  /** SHA-256 of the id that only the browser has, base64url. */
  readonly idHash: string;
  readonly accountId: string;
  readonly startedAtMs: number;
  /** Newest request, to the minute. */
  readonly seenAtMs: number;
  /** JSON of what else the session holds. */
  readonly data: string;
}

/** Who is signed in. */
export interface SessionStore {
  find(idHash: string): Promise<StoredSession | undefined>;
  /** Adds a session or replaces what is known of it. */
  save(session: StoredSession): Promise<void>;
  /** Notes a request of a session that is still there; one that ended meanwhile stays ended. */
  noteSeen(idHash: string, atMs: number): Promise<void>;
  /** Sessions of an account, the newest request first. */
  ofAccount(accountId: string): Promise<readonly StoredSession[]>;
  end(idHash: string): Promise<void>;
  /** Ends every session of an account but one. */
  endAll(accountId: string, exceptIdHash?: string): Promise<void>;
  /** Takes out sessions that began before one instant or were last used before another. */
  forget(bounds: { readonly startedBeforeMs: number; readonly seenBeforeMs: number }): Promise<void>;
}

/** The queries of the sessions. */
export function createSessionStore(db: Kysely<Tables>): SessionStore {
  return {
    async find(idHash) {
      const [row] = await db.selectFrom('sessions').selectAll().where('id_hash', '=', idHash).execute();
      return row === undefined ? undefined : fromRow(row);
    },
    async save({ idHash, accountId, startedAtMs, seenAtMs, data }) {
      await db
        .insertInto('sessions')
        .values({ id_hash: idHash, account_id: accountId, started_at_ms: startedAtMs, seen_at_ms: seenAtMs, data })
        .onConflict((conflict) => conflict.column('id_hash').doUpdateSet({ seen_at_ms: seenAtMs, data }))
        .execute();
    },
    async noteSeen(idHash, atMs) {
      await db.updateTable('sessions').set({ seen_at_ms: atMs }).where('id_hash', '=', idHash).execute();
    },
    async ofAccount(accountId) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('seen_at_ms', 'desc')
        .orderBy('id_hash')
        .execute();
      return rows.map(fromRow);
    },
    async end(idHash) {
      await db.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
    },
    async endAll(accountId, exceptIdHash) {
      await db
        .deleteFrom('sessions')
        .where('account_id', '=', accountId)
        .$if(exceptIdHash !== undefined, (query) => query.where('id_hash', '!=', exceptIdHash ?? ''))
        .execute();
    },
    async forget({ startedBeforeMs, seenBeforeMs }) {
      await db
        .deleteFrom('sessions')
        .where(({ eb, or }) => or([eb('started_at_ms', '<', startedBeforeMs), eb('seen_at_ms', '<', seenBeforeMs)]))
        .execute();
    },
  };
}

function fromRow(row: Tables['sessions']): StoredSession {
  return {
    idHash: row.id_hash,
    accountId: row.account_id,
    startedAtMs: row.started_at_ms,
    seenAtMs: row.seen_at_ms,
    data: row.data,
  };
}
