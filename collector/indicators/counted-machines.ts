import type { MachineKind } from '#shared/observations/hardware.ts';
import type { MachineGroup } from '../metrics/metric-family.ts';
import type { RegisteredAgency } from '../register/register-state.ts';
import type { Coverage } from './indicator-result.ts';

/** Kinds that count as a computer of an official: what an agency declares as its computers. */
export const COMPUTER_KINDS: readonly MachineKind[] = ['desktop', 'laptop'];

/** Adds up the machines of groups. */
export function countMachines(groups: readonly MachineGroup[]): number {
  return groups.reduce((sum, { machineCount }) => sum + machineCount, 0);
}

/**
 * Groups that belong to the denominator: the counted kinds, and machines whose kind was not seen yet, because an
 * unknown machine must not make a ratio look better by falling out of it.
 */
export function measuredGroups(
  groups: readonly MachineGroup[],
  countedKinds: readonly MachineKind[],
): readonly MachineGroup[] {
  return measure(groups, countedKinds).groups;
}

interface Measured {
  readonly groups: readonly MachineGroup[];
  readonly coverage: Coverage;
}

/** Most indicators of a set count the same kinds of the same agency; both lists are never changed. */
const measuredBefore = new WeakMap<readonly MachineGroup[], WeakMap<readonly MachineKind[], Measured>>();

function measure(all: readonly MachineGroup[], countedKinds: readonly MachineKind[]): Measured {
  const ofGroups = measuredBefore.get(all) ?? new WeakMap<readonly MachineKind[], Measured>();
  measuredBefore.set(all, ofGroups);
  const known = ofGroups.get(countedKinds);
  if (known !== undefined) return known;
  const groups = all.filter(({ kind }) => kind === undefined || countedKinds.includes(kind));
  const reportingCount = countMachines(groups.filter(({ state }) => state === 'reporting'));
  const measured = { groups, coverage: { reportingCount, registeredCount: countMachines(groups) } };
  ofGroups.set(countedKinds, measured);
  return measured;
}

/**
 * Registered machines of an agency: the declared computers or the measured machines, whichever is more. An agency
 * that declared none has what was measured.
 */
export function registeredMachines(
  { numbers }: Pick<RegisteredAgency, 'numbers'>,
  groups: readonly MachineGroup[],
  countedKinds: readonly MachineKind[],
): number {
  return Math.max(numbers.computers?.value ?? 0, measuredCoverage(groups, countedKinds).registeredCount);
}

/** Machines reporting of machines registered; undefined for an agency with machines that never declared its computers. */
export function machineCoverage(
  agency: Pick<RegisteredAgency, 'numbers'>,
  groups: readonly MachineGroup[],
  countedKinds: readonly MachineKind[],
): Coverage | undefined {
  const registeredCount = registeredMachines(agency, groups, countedKinds);
  if (agency.numbers.computers === undefined && registeredCount > 0) return undefined;
  return { ...measuredCoverage(groups, countedKinds), registeredCount };
}

/** Machines reporting of the machines that have an agent. */
export function measuredCoverage(groups: readonly MachineGroup[], countedKinds: readonly MachineKind[]): Coverage {
  return measure(groups, countedKinds).coverage;
}

/** Machines whose verdicts count: those that report, or fell silent a few days ago; of lost ones nothing is known. */
export function isHeardOf(group: MachineGroup): boolean {
  return group.state !== 'lost';
}
