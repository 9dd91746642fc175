import type { MetricFamily } from './metric-family.ts';
import { byCode } from './sort-samples.ts';

/** Names and place of every agency. */
export const agencyInfo: MetricFamily<'agency' | 'name' | 'level' | 'parent'> = {
  metric: 'tramdo_agency_info',
  help: 'An agency of the register with its Vietnamese name, level and parent (empty at the top); always 1.',
  labels: ['agency', 'name', 'level', 'parent'],
  seriesPerAgency: 1,
  async samples(source) {
    const agencies = await source.agencies();
    return agencies.toSorted(byCode).map(({ code, nameVi, level, parentCode }) => ({
      labels: { agency: code, name: nameVi, level, parent: parentCode ?? '' },
      value: 1,
    }));
  },
};
