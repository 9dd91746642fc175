import type { IndicatorResult } from '../indicators/compute-indicators.ts';
import { computeIndicators } from '../indicators/compute-indicators.ts';
import type { MetricSource, MetricTerms, Sample } from './metric-family.ts';

/** Labels of the four indicator families; `agency` and `level` are empty for the whole register. */
export const INDICATOR_LABELS = ['indicator', 'agency', 'level'] as const;

/** One of {@link INDICATOR_LABELS}. */
export type IndicatorLabel = (typeof INDICATOR_LABELS)[number];

/** Indicators a set may have before the series budget must be looked at again. */
export const MOST_INDICATORS = 20;

interface SharedResults {
  readonly source: MetricSource;
  readonly results: Promise<readonly IndicatorResult[]>;
}

/** Four families show the same results; the terms live as long as one scrape. */
const resultsOfScrape = new WeakMap<MetricTerms, SharedResults>();

function sharedResults(source: MetricSource, terms: MetricTerms): SharedResults['results'] {
  const known = resultsOfScrape.get(terms);
  if (known?.source === source) return known.results;
  const results = computeResults(source, terms);
  resultsOfScrape.set(terms, { source, results });
  return results;
}

async function computeResults(source: MetricSource, { indexSet, atMs }: MetricTerms) {
  const [agencies, groups] = await Promise.all([source.agencies(), source.machineGroups()]);
  return computeIndicators({ indexSet, agencies, groups, atMs });
}

/** Samples of one value of every indicator result; a result without that value has none. */
export async function indicatorSamples(
  source: MetricSource,
  terms: MetricTerms,
  pickValue: (result: IndicatorResult) => number | undefined,
): Promise<Sample<IndicatorLabel>[]> {
  const results = await sharedResults(source, terms);
  return results.flatMap((result) => {
    const value = pickValue(result);
    const { indicatorId, agencyCode, level } = result;
    return value === undefined ? [] : [{ labels: { indicator: indicatorId, agency: agencyCode, level }, value }];
  });
}
