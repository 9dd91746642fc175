import type { SignInFailures } from '../store/sign-in-failure-store.ts';

/** Failures of one account after which it waits. */
const ACCOUNT_FAILURES = 5;

/** Failures of one address after which it waits: a whole agency may sit behind one. */
const ADDRESS_FAILURES = 20;

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Time without a failure after which the earlier ones are forgotten, in milliseconds. */
export const FAILURES_KEPT_MS = 86_400_000;

/** What failures are counted by. */
export type SignInSubject = 'account' | 'address';

/** The count after one more failure: from the fifth on 30 seconds of waiting, doubled each time, at most an hour. */
export function afterFailure(before: SignInFailures | undefined, subject: SignInSubject, atMs: number): SignInFailures {
  const known = before !== undefined && before.newestAtMs > atMs - FAILURES_KEPT_MS ? before.failureCount : 0;
  const failureCount = known + 1;
  const beyond = failureCount - (subject === 'account' ? ACCOUNT_FAILURES : ADDRESS_FAILURES);
  // A doubling beyond the longest wait would grow past every number.
  const waitMs = beyond < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(beyond, 20));
  return { failureCount, newestAtMs: atMs, lockedUntilMs: waitMs === 0 ? 0 : atMs + waitMs };
}

/** How long a subject still waits, in milliseconds; 0 when it may try. */
export function waitMsOf(failures: SignInFailures | undefined, atMs: number): number {
  return Math.max(0, (failures?.lockedUntilMs ?? 0) - atMs);
}
