import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import type { MetricTerms } from '#collector/metrics/metric-family.ts';

/** What families are handed that ask for nothing but figures. */
export const NO_TERMS: MetricTerms = { ruleIds: [], indexSet: DEFAULT_INDEX_SET, products: [], day: '2026-11-22' };
