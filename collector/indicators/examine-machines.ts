import type { MachineGroup } from '../metrics/metric-family.ts';
import { countMachines, isHeardOf, measuredCoverage, measuredGroups } from './counted-machines.ts';
import type { Examination, FormulaInput, Part, Standing } from './formula.ts';
import type { UnitReason } from './unit-reasons.ts';

/** Where machines stand that are alike, and why. */
export interface Classified {
  readonly standing: Exclude<Standing, 'base'>;
  readonly reason: UnitReason;
}

const KIND_UNSEEN: Classified = { standing: 'unknown', reason: 'kind_unseen' };

const SEEN: Classified = { standing: 'counted', reason: 'seen' };

const LOST: Classified = { standing: 'unknown', reason: 'lost' };

const PASSES: Classified = { standing: 'counted', reason: 'passes' };

const FAILS: Classified = { standing: 'not_counted', reason: 'rule_fails' };

const NOT_JUDGED: Classified = { standing: 'unknown', reason: 'not_judged' };

/**
 * Classifies the machines of an agency for a share of its registered machines.
 *
 * Machines of other kinds are left out; one whose kind was not seen and one that is lost are unknown, whatever was seen
 * of them. Declared computers beyond the measured ones have no agent and are unknown, too. An agency that never declared
 * its computers has at least those that were measured, and the number is missing.
 *
 * @param classify asked only for machines of a counted kind that are heard of
 */
export function examineMachines(
  { agency, groups, countedKinds }: FormulaInput,
  classify: (group: MachineGroup) => Classified,
): Examination {
  const measured = measuredGroups(groups, countedKinds);
  const parts: Part[] = measured.map((group) => machinesPart(group, blockedBy(group) ?? classify(group)));
  const declared = agency.numbers.computers;
  if (declared === undefined) return { parts, missing: ['computers'] };
  const count = declared.value - measuredCoverage(groups, countedKinds).registeredCount;
  const unit = { kind: 'declared', subject: 'computers', declared } as const;
  return {
    parts: count > 0 ? [...parts, { standing: 'unknown', reason: 'no_agent', count, unit }] : parts,
    missing: [],
  };
}

function machinesPart(group: MachineGroup, { standing, reason }: Classified): Part {
  return { standing, reason, count: group.machineCount, unit: { kind: 'machines', group } };
}

function blockedBy(group: MachineGroup): Classified | undefined {
  if (group.kind === undefined) return KIND_UNSEEN;
  return isHeardOf(group) ? undefined : LOST;
}

/** Classifies machines by whether they pass every one of some rules: one failed rule decides, then one unknown one. */
export function passesAll({ verdicts }: MachineGroup, ruleIds: readonly string[]): Classified {
  let worst = PASSES;
  for (const ruleId of ruleIds) {
    const verdict = verdicts[ruleId] ?? 'unknown';
    if (verdict === 'fail') return FAILS;
    if (verdict === 'unknown') worst = NOT_JUDGED;
    if (verdict === 'not_applicable' && worst.standing === 'counted') {
      worst = { standing: 'not_counted', reason: 'rule_does_not_apply' };
    }
  }
  return worst;
}

/**
 * The computers of an agency for a quotient: machines of the counted kinds whether they report or not, and the declared
 * ones that have no agent. A machine of unseen kind may be one of those, so it adds nothing and is unknown.
 */
export function computerParts({ agency, groups, countedKinds }: FormulaInput): readonly Part[] {
  const measured = measuredGroups(groups, countedKinds);
  const parts: Part[] = measured.map((group) => machinesPart(group, group.kind === undefined ? KIND_UNSEEN : SEEN));
  const declared = agency.numbers.computers;
  const known = measured.filter(({ kind }) => kind !== undefined);
  const count = (declared?.value ?? 0) - countMachines(known);
  if (declared === undefined || count <= 0) return parts;
  const unit = { kind: 'declared', subject: 'computers', declared } as const;
  return [...parts, { standing: 'counted', reason: 'no_agent', count, unit }];
}
