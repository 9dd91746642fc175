import type { MetricFamily } from './metric-family.ts';
import { byCode } from './sort-samples.ts';

const COUNTED_VERDICTS = ['pass', 'fail', 'unknown'] as const;

/** Rules a baseline may have before the series budget must be looked at again. */
const MOST_RULES = 20;

/** Machines by what a rule says of them. */
export const ruleMachines: MetricFamily<'agency' | 'rule' | 'verdict'> = {
  metric: 'tramdo_rule_machines',
  help: 'Machines by verdict of a baseline rule: pass, fail, or unknown (never observed, failed, stale, or not judged yet); machines a rule does not apply to, and retired ones, are not counted.',
  labels: ['agency', 'rule', 'verdict'],
  seriesPerAgency: MOST_RULES * COUNTED_VERDICTS.length,
  async samples(source, { ruleIds }) {
    const groups = Map.groupBy(await source.machineGroups(), ({ agencyCode }) => agencyCode);
    const agencies = await source.agencies();
    return agencies.toSorted(byCode).flatMap(({ code }) =>
      ruleIds.flatMap((rule) => {
        const counts = { pass: 0, fail: 0, unknown: 0, not_applicable: 0 };
        for (const { verdicts, machineCount } of groups.get(code) ?? []) {
          counts[verdicts[rule] ?? 'unknown'] += machineCount;
        }
        return COUNTED_VERDICTS.map((verdict) => ({ labels: { agency: code, rule, verdict }, value: counts[verdict] }));
      }),
    );
  },
};
