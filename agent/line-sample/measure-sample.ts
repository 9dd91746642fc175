/** Least that an unfinished sample must have brought to say anything, in bytes and in milliseconds. */
const LEAST_UNFINISHED = { bytes: 262_144, durationMs: 1_000 } as const;

/** What a sample measured. */
export interface MeasuredSample {
  readonly bytes: number;
  /** Milliseconds. */
  readonly durationMs: number;
}

/**
 * Measures a download by its pieces as they come.
 *
 * The clock starts with the first piece, whose bytes are not counted as they came before it, and stands at the last
 * one: name resolution, TLS and the answer of the server are no property of the line. The beginning, in which TCP feels
 * its way, is counted, so that a fast line is measured a little slow and never fast.
 */
export class SampleMeter {
  readonly #wantedBytes: number;
  #totalBytes = 0;
  #firstBytes = 0;
  #firstAtMs: number | undefined;
  #lastAtMs = 0;

  constructor(wantedBytes: number) {
    this.#wantedBytes = wantedBytes;
  }

  /**
   * Counts a piece.
   *
   * @param atMs by a clock that never jumps, milliseconds
   * @returns whether more may come
   */
  add(byteCount: number, atMs: number): boolean {
    this.#totalBytes += byteCount;
    if (this.#firstAtMs === undefined) {
      this.#firstAtMs = atMs;
      this.#firstBytes = byteCount;
    }
    this.#lastAtMs = atMs;
    return this.#totalBytes < this.#wantedBytes;
  }

  /** What was measured; undefined when it says nothing: too little came, or all of it at once. */
  result(): MeasuredSample | undefined {
    const bytes = this.#totalBytes - this.#firstBytes;
    const durationMs = this.#lastAtMs - (this.#firstAtMs ?? this.#lastAtMs);
    if (bytes <= 0 || durationMs <= 0 || this.#totalBytes > this.#wantedBytes) return undefined;
    const isWhole = this.#totalBytes === this.#wantedBytes;
    if (isWhole) return { bytes, durationMs };
    return bytes >= LEAST_UNFINISHED.bytes && durationMs >= LEAST_UNFINISHED.durationMs
      ? { bytes, durationMs }
      : undefined;
  }
}
