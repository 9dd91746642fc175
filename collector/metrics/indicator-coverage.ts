import { INDICATOR_LABELS, type IndicatorLabel, indicatorSamples, MOST_INDICATORS } from './indicator-results.ts';
import type { MetricFamily } from './metric-family.ts';

/** How much of the register the figures rest on. */
export const indicatorCoverage: MetricFamily<IndicatorLabel> = {
  metric: 'tramdo_indicator_coverage_ratio',
  help: 'Machines reporting divided by registered machines, of the kinds the indicator counts, or where it counts agencies or what they declared, agencies whose answer is known divided by agencies asked; absent when an agency with machines never declared its computers, or when nothing is registered; agency and level are empty for the whole register.',
  labels: INDICATOR_LABELS,
  seriesPerAgency: MOST_INDICATORS,
  samples: (source, terms) =>
    indicatorSamples(source, terms, ({ coverage }) =>
      coverage === undefined || coverage.registeredCount === 0
        ? undefined
        : coverage.reportingCount / coverage.registeredCount,
    ),
};
