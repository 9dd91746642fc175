/** How much one address may have. */
export interface BucketTerms {
  /** Tokens after a pause. */
  readonly burst: number;
  /** Tokens that come back in a second. */
  readonly perSecond: number;
  /** Addresses that are remembered; the one that asked longest ago is forgotten first. */
  readonly maxCount: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Counts requests by address, in bounded memory: a stranger with many addresses only makes it forget. */
export class TokenBuckets {
  readonly #terms: BucketTerms;
  readonly #buckets = new Map<string, Bucket>();

  constructor(terms: BucketTerms) {
    this.#terms = terms;
  }

  /**
   * Takes one token.
   *
   * @param nowMs a clock that never jumps
   * @returns 0 when there was one, else how long to wait for the next one, in milliseconds
   */
  take(key: string, nowMs: number): number {
    const { burst, perSecond, maxCount } = this.#terms;
    const known = this.#buckets.get(key);
    const bucket = known ?? { tokens: burst, atMs: nowMs };
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) * perSecond) / 1_000);
    bucket.atMs = nowMs;
    // The order of a map is the order of insertion, so the first one is the one that asked longest ago.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > maxCount) this.#forgetOldest();
    if (bucket.tokens < 1) return ((1 - bucket.tokens) / perSecond) * 1_000;
    bucket.tokens -= 1;
    return 0;
  }

  /** Addresses that are remembered now. */
  get size(): number {
    return this.#buckets.size;
  }

  #forgetOldest(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key);
      return;
    }
  }
}
