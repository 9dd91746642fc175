import { describe, expect, it } from 'vitest';
import { afterFailure, FAILURES_KEPT_MS, type SignInSubject, waitMsOf } from '#collector/people/lock-out.ts';
import type { SignInFailures } from '#collector/store/sign-in-failure-store.ts';

function fail(times: number, subject: SignInSubject, atMs: number): SignInFailures | undefined {
  return Array.from({ length: times }).reduce<SignInFailures | undefined>(
    (before) => afterFailure(before, subject, atMs),
    undefined,
  );
}

describe('lock-out', () => {
  it.each([
    ['account-and-address', 4, 0],
    ['account-and-address', 5, 30_000],
    ['account-and-address', 6, 60_000],
    ['account-and-address', 7, 120_000],
    ['account-and-address', 11, 1_920_000],
    ['account-and-address', 12, 3_600_000],
    ['account-and-address', 5_000, 3_600_000],
    ['account', 49, 0],
    ['account', 50, 30_000],
    ['address', 19, 0],
    ['address', 20, 30_000],
  ] as const)('lets an %s after %i failures wait %i ms', (subject, times, waitMs) => {
    expect(waitMsOf(fail(times, subject, 1_000), 1_000)).toBe(waitMs);
  });

  it('counts down, and is over when its time is', () => {
    const failures = fail(5, 'account-and-address', 1_000);
    expect([1_000, 21_000, 31_000, 99_000].map((atMs) => waitMsOf(failures, atMs))).toEqual([30_000, 10_000, 0, 0]);
  });

  it('forgets after a day without a failure', () => {
    const before = fail(9, 'account', 0);
    expect(afterFailure(before, 'account', FAILURES_KEPT_MS - 1).failureCount).toBe(10);
    expect(afterFailure(before, 'account', FAILURES_KEPT_MS + 1).failureCount).toBe(1);
  });
});
