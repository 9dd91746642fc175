import type { HistogramCounts } from './metric-family.ts';

/** Upper bounds of the ingest histogram, in seconds; the budget for the 99th percentile is 0.05. */
export const INGEST_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

/** Counts how long reports took; lives as long as the collector runs. */
export class IngestHistogram {
  readonly #counts = INGEST_BUCKETS_SECONDS.map(() => 0);
  #sumSeconds = 0;
  #count = 0;

  /** Adds one duration in seconds. */
  observe(seconds: number): void {
    this.#sumSeconds += seconds;
    this.#count += 1;
    const bucket = INGEST_BUCKETS_SECONDS.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /** What was counted so far, for {@link MetricSource.ingestTimes}. */
  counts(): HistogramCounts {
    let sum = 0;
    const cumulativeCounts = this.#counts.map((count) => {
      sum += count;
      return sum;
    });
    return { cumulativeCounts, sumSeconds: this.#sumSeconds, count: this.#count };
  }
}
