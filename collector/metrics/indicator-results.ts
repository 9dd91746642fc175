import { computeIndicators } from '../indicators/compute-indicators.ts';
import type { IndicatorResult } from '../indicators/indicator-result.ts';
import type { MetricSource, MetricTerms, Sample } from './metric-family.ts';

/** Labels of the four indicator families; `agency` and `level` are empty for the whole register. */
export const INDICATOR_LABELS = ['indicator', 'agency', 'level'] as const;

/** One of {@link INDICATOR_LABELS}. */
export type IndicatorLabel = (typeof INDICATOR_LABELS)[number];

/** Indicators a set may have before the series budget must be looked at again. */
export const MOST_INDICATORS = 20;

/** A level has no label of its own, and an agency's subtree is added up by whoever asks. */
const SHOWN_SCOPES = ['register', 'agency'] as const;

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

async function computeResults(source: MetricSource, { indexSet, products, day }: MetricTerms) {
  const [agencies, groups, networks, places] = await Promise.all([
    source.agencies(),
    source.machineGroups(),
    source.networks(),
    source.places(),
  ]);
  return computeIndicators({ indexSet, register: { day, agencies }, groups, networks, places, products }, SHOWN_SCOPES);
}

/** Samples of one value of every indicator result; an agency without a figure and a result without that value have none. */
export async function indicatorSamples(
  source: MetricSource,
  terms: MetricTerms,
  pickValue: (result: IndicatorResult) => number | undefined,
): Promise<Sample<IndicatorLabel>[]> {
  const results = await sharedResults(source, terms);
  return results.flatMap((result) => {
    if (result.scope === 'agency' && result.agencyCount === 0) return [];
    const value = pickValue(result);
    const { indicatorId, agencyCode, level } = result;
    return value === undefined ? [] : [{ labels: { indicator: indicatorId, agency: agencyCode, level }, value }];
  });
}
