/** Codes of refusals that are counted apart; a collector has far fewer. */
const MAX_CODES = 64;

/** What a relay did since it was started. */
export class RelayCounts {
  /** Reports that were kept on disk. */
  received = 0;
  /** Reports that the collector took, at once or later. */
  forwarded = 0;
  /** Those of `forwarded` that had waited. */
  forwardedLater = 0;
  /** Reports that the relay acknowledged in the collector's place. */
  acknowledgedHere = 0;
  /** Reports that had been acknowledged and that the collector will never take. */
  setAside = 0;
  /** Reports that waited longer than is kept. */
  outdated = 0;
  readonly #refusals = new Map<string, number>();

  /** Counts a refusal by the collector. */
  refuse(code: string): void {
    const key = this.#refusals.has(code) || this.#refusals.size < MAX_CODES ? code : 'OTHER';
    this.#refusals.set(key, (this.#refusals.get(key) ?? 0) + 1);
  }

  /** Refusals by code, sorted. */
  refusals(): readonly (readonly [code: string, count: number])[] {
    return [...this.#refusals].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Everything, for one line of the log. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { received, forwarded, forwardedLater, acknowledgedHere, setAside, outdated } = this;
    const refusals = Object.fromEntries(this.refusals());
    return { received, forwarded, forwardedLater, acknowledgedHere, setAside, outdated, refusals };
  }
}
