/**
 * Round-trip times counted in buckets that grow by 10 %, so that windows of many PCs can be added together and
 * quantiles taken from the sum (an average of averages would be wrong). Keys are bucket numbers as text.
 */
export type RttHistogram = Record<string, number>;

const GROWTH = Math.log(1.1);

/** Number of the bucket of a round-trip time in milliseconds; everything below 0.1 ms falls into the first one. */
export function rttBucket(rttMs: number): number {
  return Math.round(Math.log(Math.max(rttMs, 0.1)) / GROWTH);
}

/** Round-trip time in the middle of a bucket, in milliseconds; at most 5 % away from what was measured. */
export function bucketRttMs(bucket: number): number {
  return Math.exp(bucket * GROWTH);
}

/** Adds up histograms; the order does not matter. */
export function mergeHistograms(histograms: Iterable<RttHistogram>): RttHistogram {
  const sum: RttHistogram = {};
  for (const histogram of histograms) {
    for (const [bucket, count] of Object.entries(histogram)) sum[bucket] = (sum[bucket] ?? 0) + count;
  }
  return sum;
}

/** The `quantile` (0 to 1) of a histogram in milliseconds; undefined when nothing was counted. */
export function histogramQuantileMs(histogram: RttHistogram, quantile: number): number | undefined {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .toSorted((a, b) => a.bucket - b.bucket);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { bucket, count } of buckets) {
    seen += count;
    if (seen >= quantile * total) return bucketRttMs(bucket);
  }
  return undefined;
}
