import type { SignInFailures } from '../store/sign-in-failure-store.ts';

/**
 * Failures after which a subject waits. One address that guesses at an account locks itself out of it and not its owner
 * elsewhere; guesses from everywhere together are bounded (NIST SP 800-63B allows 100). A whole agency may sit behind
 * one address.
 */
const ALLOWED_FAILURES = { account: 50, 'account-and-address': 5, address: 20 } as const;

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Time without a failure after which the earlier ones are forgotten, in milliseconds. */
export const FAILURES_KEPT_MS = 86_400_000;

/** What failures are counted by. */
export type SignInSubject = keyof typeof ALLOWED_FAILURES;

/** The count after one more failure: from the last allowed one on 30 seconds of waiting, doubled each time, at most an hour. */
export function afterFailure(before: SignInFailures | undefined, subject: SignInSubject, atMs: number): SignInFailures {
  const known = before !== undefined && before.newestAtMs > atMs - FAILURES_KEPT_MS ? before.failureCount : 0;
  const failureCount = known + 1;
  const beyond = failureCount - ALLOWED_FAILURES[subject];
  // A doubling beyond the longest wait would grow past every number.
  const waitMs = beyond < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(beyond, 20));
  return { failureCount, newestAtMs: atMs, lockedUntilMs: waitMs === 0 ? 0 : atMs + waitMs };
}

/** How long a subject still waits, in milliseconds; 0 when it may try. */
export function waitMsOf(failures: SignInFailures | undefined, atMs: number): number {
  return Math.max(0, (failures?.lockedUntilMs ?? 0) - atMs);
}
