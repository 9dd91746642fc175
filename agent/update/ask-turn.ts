import { splayMs } from '../schedule.ts';

/** Report intervals between two questions for a release: six hours when reports go every 15 minutes. */
const REPORTS_BETWEEN = 24;

/**
 * Tells whether it is this machine's turn to ask for a release. Every machine has its own instants, spread evenly, and
 * asks once behind each of them.
 *
 * @param askedAtMs when it asked last, or first saw the offer, epoch milliseconds
 */
export function isTurnToAsk(
  machineId: string,
  times: { readonly askedAtMs: number; readonly nowMs: number; readonly reportMs: number },
): boolean {
  const { askedAtMs, nowMs, reportMs } = times;
  const periodMs = REPORTS_BETWEEN * reportMs;
  const offsetMs = splayMs(machineId, periodMs);
  const turnAt = (atMs: number) => Math.floor((atMs - offsetMs) / periodMs);
  // A clock that was set back: the old instant says nothing any more.
  return turnAt(nowMs) !== turnAt(askedAtMs);
}
