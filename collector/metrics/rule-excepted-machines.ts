import type { MetricFamily } from './metric-family.ts';
import { MOST_RULES, verdictCounts } from './rule-machines.ts';

/** Machines that fail under an exception. */
export const ruleExceptedMachines: MetricFamily<'agency' | 'rule'> = {
  metric: 'tramdo_rule_excepted_machines',
  help: 'Machines that fail a baseline rule while an exception of their agency, or of one above it, runs; they are among the failed ones of tramdo_rule_machines.',
  labels: ['agency', 'rule'],
  seriesPerAgency: MOST_RULES,
  async samples(source, { ruleIds }) {
    return (await verdictCounts(source, ruleIds)).map(({ agencyCode, ruleId, exceptedFail }) => ({
      labels: { agency: agencyCode, rule: ruleId },
      value: exceptedFail,
    }));
  },
};
