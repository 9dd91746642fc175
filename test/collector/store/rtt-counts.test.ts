import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RttCounts, RttSum } from '#collector/store/rtt-counts.ts';
import { histogramQuantileMs, mergeHistograms } from '#shared/rtt-histogram.ts';

const histogram = fc.dictionary(fc.integer({ min: -24, max: 999 }).map(String), fc.integer({ min: 1, max: 1e6 }));

describe('RttCounts', () => {
  it('keeps a histogram and adds others to it', () => {
    const counts = RttCounts.none().with({ '5': 2, '-3': 1 }).with({ '5': 1 });
    expect([counts.toHistogram(), RttCounts.fromText(counts.toText()).toHistogram()]).toEqual([
      { '5': 3, '-3': 1 },
      { '5': 3, '-3': 1 },
    ]);
  });
});

describe('RttSum', () => {
  it('gives the quantiles of the sum of all histograms, and of the next ones after clear()', () => {
    const sum = new RttSum();
    fc.assert(
      fc.property(fc.array(histogram, { maxLength: 5 }), (histograms) => {
        sum.clear();
        for (const one of histograms) sum.add(RttCounts.none().with(one));
        const merged = mergeHistograms(histograms);
        for (const quantile of [0, 0.5, 0.95, 1]) {
          expect(sum.quantileMs(quantile)).toBe(histogramQuantileMs(merged, quantile));
        }
      }),
    );
  });
});
