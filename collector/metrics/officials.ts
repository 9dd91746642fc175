import type { MetricFamily } from './metric-family.ts';
import { byCode } from './sort-samples.ts';

/** Declared officials. */
export const officials: MetricFamily<'agency'> = {
  metric: 'tramdo_officials',
  help: 'Officials (CBCCVC) the agency declared in the register; absent when it never declared any number.',
  labels: ['agency'],
  seriesPerAgency: 1,
  async samples(source) {
    const agencies = await source.agencies();
    return agencies
      .toSorted(byCode)
      .flatMap(({ code, numbers: { officials } }) =>
        officials === undefined ? [] : [{ labels: { agency: code }, value: officials.value }],
      );
  },
};
