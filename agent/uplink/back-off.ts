/** First wait after a failure, and the longest one, in milliseconds. */
const FIRST_MS = 5_000;
const LONGEST_MS = 900_000;

/**
 * How long to wait before the next sending, in milliseconds: doubled with every failure in a row up to 15 minutes, or
 * as long as the collector's Retry-After says if that is longer; then spread by up to half as much again, so that PCs
 * that were refused together do not come back together.
 *
 * @param chance a number from 0 to 1
 */
export function backOffMs(failuresInARow: number, retryAfterMs: number, chance: number): number {
  const doubled = Math.min(FIRST_MS * 2 ** Math.max(failuresInARow - 1, 0), LONGEST_MS);
  return Math.round(Math.max(doubled, retryAfterMs) * (1 + chance / 2));
}

/** Reads Retry-After (RFC 9110 section 10.2.3) in seconds, as milliseconds; 0 when it is absent or a date. */
export function retryAfterMs(header: string | undefined): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * 1_000 : 0;
}

/** Longest wait that anything here orders, in milliseconds: a day, spread by half as much again. */
const LONGEST_WAIT_MS = 130_000_000;

/**
 * Tells whether an instant up to which nothing is tried still lies ahead. One further ahead than any wait can be was
 * written before the clock was set back by days or decades, and is over.
 *
 * @param notBefore instant in the form of ISO 8601; absent: nothing was ordered
 */
export function isWaiting(notBefore: string | undefined, nowMs: number): boolean {
  if (notBefore === undefined) return false;
  const waitMs = Date.parse(notBefore) - nowMs;
  return waitMs > 0 && waitMs < LONGEST_WAIT_MS;
}
