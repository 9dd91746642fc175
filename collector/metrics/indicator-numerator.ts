import { INDICATOR_LABELS, type IndicatorLabel, indicatorSamples, MOST_INDICATORS } from './indicator-results.ts';
import type { MetricFamily } from './metric-family.ts';

/** The a of every indicator. */
export const indicatorNumerator: MetricFamily<IndicatorLabel> = {
  metric: 'tramdo_indicator_numerator',
  help: 'Numerator a of the indicator now: what was seen to be so, never what is unknown; agency and level are empty for the whole register; absent when the register lacks the number it is a share of.',
  labels: INDICATOR_LABELS,
  seriesPerAgency: MOST_INDICATORS,
  samples: (source, terms) => indicatorSamples(source, terms, ({ a }) => a),
};
