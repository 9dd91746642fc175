import { countVerdicts, type VerdictCounts } from '../baselines/count-verdicts.ts';
import type { MetricFamily, MetricSource } from './metric-family.ts';

const COUNTED_VERDICTS = ['pass', 'fail', 'unknown'] as const;

/** Rules a baseline may have before the series budget must be looked at again. */
export const MOST_RULES = 20;

/** What rules say of the machines of every agency, sorted by agency, then rule. */
export async function verdictCounts(
  source: MetricSource,
  ruleIds: readonly string[],
): Promise<readonly VerdictCounts[]> {
  const agencies = await source.agencies();
  const groups = await source.machineGroups();
  return countVerdicts({ agencies, groups, exceptions: await source.exceptions(), ruleIds });
}

/** Machines by what a rule says of them. */
export const ruleMachines: MetricFamily<'agency' | 'rule' | 'verdict'> = {
  metric: 'tramdo_rule_machines',
  help: 'Machines by verdict of a baseline rule: pass, fail, or unknown (never observed, failed, stale, or not judged yet); machines a rule does not apply to, and retired ones, are not counted; an exception changes nothing here.',
  labels: ['agency', 'rule', 'verdict'],
  seriesPerAgency: MOST_RULES * COUNTED_VERDICTS.length,
  async samples(source, { ruleIds }) {
    return (await verdictCounts(source, ruleIds)).flatMap((counts) =>
      COUNTED_VERDICTS.map((verdict) => ({
        labels: { agency: counts.agencyCode, rule: counts.ruleId, verdict },
        value: counts[verdict],
      })),
    );
  },
};
