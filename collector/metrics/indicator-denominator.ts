import { INDICATOR_LABELS, type IndicatorLabel, indicatorSamples, MOST_INDICATORS } from './indicator-results.ts';
import type { MetricFamily } from './metric-family.ts';

/** The b of every indicator. */
export const indicatorDenominator: MetricFamily<IndicatorLabel> = {
  metric: 'tramdo_indicator_denominator',
  help: 'Denominator b of the indicator now: declared officials, registered machines (declared computers or measured machines, whichever is more), agencies or declared systems, unknown ones included; agency and level are empty for the whole register.',
  labels: INDICATOR_LABELS,
  seriesPerAgency: MOST_INDICATORS,
  samples: (source, terms) => indicatorSamples(source, terms, ({ b }) => b),
};
