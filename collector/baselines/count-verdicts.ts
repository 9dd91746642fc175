import { agencyLines } from '../indicators/agency-lines.ts';
import type { MachineGroup, RunningException } from '../metrics/metric-family.ts';
import type { RegisteredAgency } from '../register/register-state.ts';

/** Machines of one agency by what one rule says of them. */
export interface VerdictCounts {
  readonly agencyCode: string;
  readonly ruleId: string;
  readonly pass: number;
  readonly fail: number;
  /** Never observed, failed, stale, or not judged yet. */
  readonly unknown: number;
  readonly notApplicable: number;
  /** Those of `fail` that are under a running exception of the agency or of one above it; they fail all the same. */
  readonly exceptedFail: number;
}

/** What verdicts are counted from. */
export interface VerdictFacts {
  readonly agencies: readonly RegisteredAgency[];
  readonly groups: readonly MachineGroup[];
  readonly exceptions: readonly RunningException[];
  readonly ruleIds: readonly string[];
}

/** Counts verdicts for every agency and rule, zeros included; sorted by agency, then as the rules are given; pure. */
export function countVerdicts({ agencies, groups, exceptions, ruleIds }: VerdictFacts): readonly VerdictCounts[] {
  const byAgency = Map.groupBy(groups, ({ agencyCode }) => agencyCode);
  const lines = agencyLines({ agencies });
  const granted = new Set(exceptions.map(({ agencyCode, ruleId }) => `${agencyCode} ${ruleId}`));
  return agencies
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap(({ code }) => {
      const own = byAgency.get(code) ?? [];
      const line = lines.get(code) ?? [];
      return ruleIds.map((ruleId) => {
        const counts = countRule(own, ruleId);
        const isExcepted = granted.size > 0 && line.some((above) => granted.has(`${above.code} ${ruleId}`));
        return { agencyCode: code, ruleId, ...counts, exceptedFail: isExcepted ? counts.fail : 0 };
      });
    });
}

function countRule(groups: readonly MachineGroup[], ruleId: string) {
  const counts = { pass: 0, fail: 0, unknown: 0, not_applicable: 0 };
  for (const { verdicts, machineCount } of groups) counts[verdicts[ruleId] ?? 'unknown'] += machineCount;
  const { not_applicable: notApplicable, ...rest } = counts;
  return { ...rest, notApplicable };
}
