import type { StoredSession } from '../store/session-store.ts';

/** Time without a request after which a session is over, in milliseconds. */
export const IDLE_MS = 1_800_000;

/** Time after which a session is over in any case, in milliseconds. */
export const WHOLE_MS = 43_200_000;

/** Tells whether a session still holds. */
export function isAlive({ startedAtMs, seenAtMs }: StoredSession, atMs: number): boolean {
  return seenAtMs > atMs - IDLE_MS && startedAtMs > atMs - WHOLE_MS;
}
