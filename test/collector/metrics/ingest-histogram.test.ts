import { describe, expect, it } from 'vitest';
import { IngestHistogram } from '#collector/metrics/ingest-histogram.ts';

describe('IngestHistogram', () => {
  it('counts cumulatively, a value on a bound into its bucket and one above all only into the total', () => {
    const histogram = new IngestHistogram();
    for (const seconds of [0.001, 0.002, 0.5, 60]) histogram.observe(seconds);
    expect(histogram.counts()).toEqual({
      cumulativeCounts: [1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3],
      sumSeconds: 60.503,
      count: 4,
    });
  });
});
