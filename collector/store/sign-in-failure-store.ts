import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** How often something failed to sign in since it last could. */
export interface SignInFailures {
  readonly failureCount: number;
  readonly newestAtMs: number;
  /** Until then nothing is tried at all. */
  readonly lockedUntilMs: number;
}

/** Failures to sign in by subject: an account name or an address. */
export interface SignInFailureStore {
  find(subject: string): Promise<SignInFailures | undefined>;
  save(subject: string, failures: SignInFailures): Promise<void>;
  clear(subject: string): Promise<void>;
  /** Takes out subjects without a failure since an instant. */
  forgetBefore(atMs: number): Promise<void>;
}

/** The queries of the failures to sign in. */
export function createSignInFailureStore(db: Kysely<Tables>): SignInFailureStore {
  return {
    async find(subject) {
      const [row] = await db.selectFrom('sign_in_failures').selectAll().where('subject', '=', subject).execute();
      if (row === undefined) return undefined;
      return { failureCount: row.failure_count, newestAtMs: row.newest_at_ms, lockedUntilMs: row.locked_until_ms };
    },
    async save(subject, { failureCount, newestAtMs, lockedUntilMs }) {
      const values = { failure_count: failureCount, newest_at_ms: newestAtMs, locked_until_ms: lockedUntilMs };
      await db
        .insertInto('sign_in_failures')
        .values({ subject, ...values })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet(values))
        .execute();
    },
    async clear(subject) {
      await db.deleteFrom('sign_in_failures').where('subject', '=', subject).execute();
    },
    async forgetBefore(atMs) {
      await db.deleteFrom('sign_in_failures').where('newest_at_ms', '<', atMs).execute();
    },
  };
}
