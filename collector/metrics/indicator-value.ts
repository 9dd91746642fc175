import { INDICATOR_LABELS, type IndicatorLabel, indicatorSamples, MOST_INDICATORS } from './indicator-results.ts';
import type { MetricFamily } from './metric-family.ts';

/** a divided by b of every indicator. */
export const indicatorValue: MetricFamily<IndicatorLabel> = {
  metric: 'tramdo_indicator_value',
  help: 'Numerator divided by denominator of the indicator now; a count per official may exceed 1; absent when the denominator is 0; agency and level are empty for the whole register.',
  labels: INDICATOR_LABELS,
  seriesPerAgency: MOST_INDICATORS,
  samples: (source, terms) => indicatorSamples(source, terms, ({ a, b }) => (b === 0 ? undefined : a / b)),
};
