/** First wait after a failure, and the longest one that is not ordered, in milliseconds. */
const [FIRST_MS, LONGEST_MS] = [1_000, 60_000] as const;
/** How much longer every further wait is. */
const GROWTH = 1.5;
/** Longest wait that is obeyed, in milliseconds. */
const LONGEST_ORDERED_MS = 3_600_000;

/** Says when the collector may be tried; one for all machines, as they share its line. */
export class UpstreamGate {
  readonly #chance: () => number;
  #failuresInARow = 0;
  #notBeforeMs = Number.NEGATIVE_INFINITY;

  /** @param chance a number from 0 to 1, for the spread of waits */
  constructor(chance: () => number) {
    this.#chance = chance;
  }

  /** Whether the newest try was answered. */
  get answers(): boolean {
    return this.#failuresInARow === 0;
  }

  /** Whether a try may be made now. */
  isOpen(nowMs: number): boolean {
    return nowMs >= this.#notBeforeMs;
  }

  /** How long nothing is tried from now on, in milliseconds; 0 when a try may be made. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#notBeforeMs - nowMs);
  }

  /** Notes an answer. */
  noteAnswer(): void {
    this.#failuresInARow = 0;
    this.#notBeforeMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * Notes that there was no answer, or one that asks to come back later.
   *
   * @param retryAfter value of the header Retry-After in seconds, obeyed up to an hour
   * @returns how long nothing is tried, in milliseconds
   */
  noteFailure(nowMs: number, retryAfter: string | undefined): number {
    // Requests that failed together are one failure: the wait must not grow with their number.
    if (!this.isOpen(nowMs)) return this.waitMs(nowMs);
    this.#failuresInARow += 1;
    const ordered = Number(retryAfter ?? 0);
    const orderedMs = ordered > 0 ? Math.min(ordered * 1_000, LONGEST_ORDERED_MS) : 0;
    const grownMs = Math.min(FIRST_MS * GROWTH ** (this.#failuresInARow - 1), LONGEST_MS);
    const waitMs = Math.round(Math.max(orderedMs, grownMs) * (1 + this.#chance() / 2));
    this.#notBeforeMs = nowMs + waitMs;
    return waitMs;
  }
}
