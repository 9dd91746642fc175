import type { MachineKind } from '#shared/observations/hardware.ts';
import type { AgencyFigures, MachineGroup } from '../metrics/metric-family.ts';

/** Kinds that count as a computer of an official: what an agency declares as its computers. */
export const COMPUTER_KINDS: readonly MachineKind[] = ['desktop', 'laptop'];

/** Adds up the machines of groups. */
export function countMachines(groups: readonly MachineGroup[]): number {
  return groups.reduce((sum, { machineCount }) => sum + machineCount, 0);
}

/** Groups of the counted kinds: only these can be in a numerator. */
export function countedGroups(
  groups: readonly MachineGroup[],
  countedKinds: readonly MachineKind[],
): readonly MachineGroup[] {
  return groups.filter(({ kind }) => kind !== undefined && countedKinds.includes(kind));
}

/**
 * Groups that belong to the denominator: the counted kinds, and machines whose kind was not seen yet, because an
 * unknown machine must not make a ratio look better by falling out of it.
 */
export function measuredGroups(
  groups: readonly MachineGroup[],
  countedKinds: readonly MachineKind[],
): readonly MachineGroup[] {
  return groups.filter(({ kind }) => kind === undefined || countedKinds.includes(kind));
}

/**
 * Registered machines of an agency: the declared computers or the measured machines, whichever is more. An agency
 * that declared none has what was measured.
 */
export function registeredMachines(
  agency: AgencyFigures,
  groups: readonly MachineGroup[],
  countedKinds: readonly MachineKind[],
): number {
  return Math.max(agency.computerCount ?? 0, countMachines(measuredGroups(groups, countedKinds)));
}

/** Machines whose verdicts count: those that report, or fell silent a few days ago; of lost ones nothing is known. */
export function isHeardOf(group: MachineGroup): boolean {
  return group.state !== 'lost';
}
