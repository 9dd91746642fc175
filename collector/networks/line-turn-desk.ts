import { isAtNight, type LineSampleTerms, SAMPLE_PAUSE_MS } from '#shared/line-sample-night.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { LineTurn } from '../store/line-sample-store.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';

/** What the desk works with. */
export interface LineTurnParts {
  readonly store: Store;
  /** The plan's word on samples; undefined while none are made. */
  readonly terms: () => LineSampleTerms | undefined;
  /** A machine last seen before is not reporting, epoch milliseconds. */
  readonly reportingSinceMs: (atMs: number) => number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** A clock that never jumps, milliseconds since some start. */
  readonly monotonicMs: () => number;
}

/** What is decided on a turn; `held-back`: the clock was set back, and nobody gets one before it has caught up. */
export type TurnDecision = 'given' | 'not-now' | 'held-back';

/**
 * Decides whether an agency may make a sample now; pure.
 *
 * @param newest the newest turn of the agency; one that lies ahead was given by a clock that was wrong
 */
export function decideTurn(
  nowMs: number,
  terms: LineSampleTerms,
  newest: Pick<LineTurn, 'atMs'> | undefined,
): TurnDecision {
  if (newest !== undefined && newest.atMs > nowMs) return 'held-back';
  if (!isAtNight(nowMs, terms)) return 'not-now';
  if (newest === undefined) return 'given';
  const isOtherDay = dayNumber(newest.atMs) !== dayNumber(nowMs);
  return isOtherDay && nowMs - newest.atMs >= SAMPLE_PAUSE_MS ? 'given' : 'not-now';
}

/** Gives each agency one turn a day to measure its line, at night, durably. */
export class LineTurnDesk {
  readonly #parts: LineTurnParts;
  /** When turns were given by the clock that never jumps: the other one may be set ahead by a day. */
  readonly #givenAt = new Map<string, number>();

  constructor(parts: LineTurnParts) {
    this.#parts = parts;
  }

  /**
   * Whether it is this machine's turn now; if so, it is nobody else's of its agency for 20 hours.
   *
   * @throws {TramdoError} what the store throws
   */
  async ask(machine: MachineKey): Promise<boolean> {
    const { store, terms: termsNow, nowMs, monotonicMs } = this.#parts;
    const terms = termsNow();
    const atMs = nowMs();
    const { agencyCode, machineId } = machine;
    if (terms === undefined || !isAtNight(atMs, terms) || !(await this.#isReporting(machine, atMs))) return false;
    const givenAt = this.#givenAt.get(agencyCode);
    if (givenAt !== undefined && monotonicMs() - givenAt < SAMPLE_PAUSE_MS) return false;
    const isGiven = await store.transaction(async ({ lineSamples }) => {
      const decision = decideTurn(atMs, terms, await lineSamples.newestTurn(agencyCode));
      if (decision === 'not-now') return false;
      if (decision === 'held-back') await lineSamples.forgetTurnsAfter(agencyCode, atMs);
      // A turn of nobody keeps the pause for the clock that was set back.
      const holder = decision === 'given' ? machineId : '';
      await lineSamples.saveTurn({ agencyCode, day: dayNumber(atMs), machineId: holder, atMs });
      return decision === 'given';
    });
    if (isGiven) this.#givenAt.set(agencyCode, monotonicMs());
    return isGiven;
  }

  async #isReporting(machine: MachineKey, atMs: number): Promise<boolean> {
    const { store, reportingSinceMs } = this.#parts;
    const standing = (await store.reports.standings([machine])).get(machine.machineId);
    if (standing === undefined || standing.isRetired || standing.reportCount === 0) return false;
    return standing.lastSeenAtMs >= reportingSinceMs(atMs);
  }
}
