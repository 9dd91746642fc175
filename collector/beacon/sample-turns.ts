const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How much of the line samples of throughput may take. */
export interface SampleTerms {
  /** Samples under way at once. */
  readonly maxAtOnce: number;
  /** Samples in 24 hours. */
  readonly maxPerDay: number;
}

/**
 * Gives turns for samples of throughput: one an hour to an address, a few at once, a bounded number a day. What it
 * remembers is bounded by the number a day. It forgets everything when the beacon is started anew.
 */
export class SampleTurns {
  readonly #terms: SampleTerms;
  /** Instant of the newest turn by address, oldest first; none is older than a day. */
  readonly #turns = new Map<string, number>();
  #dayStartedMs = Number.NEGATIVE_INFINITY;
  #todayCount = 0;
  #underWayCount = 0;

  constructor(terms: SampleTerms) {
    this.#terms = terms;
  }

  /**
   * Takes a turn; whoever got one gives it back with {@link end}.
   *
   * @param nowMs a clock that never jumps
   * @returns 0 when it was given, else how long to wait, in milliseconds
   */
  begin(address: string, nowMs: number): number {
    if (nowMs - this.#dayStartedMs >= DAY_MS) {
      this.#dayStartedMs = nowMs;
      this.#todayCount = 0;
    }
    const sinceMs = nowMs - (this.#turns.get(address) ?? Number.NEGATIVE_INFINITY);
    if (sinceMs < HOUR_MS) return HOUR_MS - sinceMs;
    if (this.#todayCount >= this.#terms.maxPerDay) return DAY_MS - (nowMs - this.#dayStartedMs);
    if (this.#underWayCount >= this.#terms.maxAtOnce) return 60_000;
    for (const [known, atMs] of this.#turns) {
      if (nowMs - atMs < HOUR_MS) break;
      this.#turns.delete(known);
    }
    this.#turns.set(address, nowMs);
    this.#todayCount += 1;
    this.#underWayCount += 1;
    return 0;
  }

  /** Gives a turn back, however the sample ended. */
  end(): void {
    this.#underWayCount -= 1;
  }
}
