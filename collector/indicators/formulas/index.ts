import { assertNever } from '#shared/assert-never.ts';
import type { Examination, Formula, FormulaInput } from '../formula.ts';
import type { FormulaChoice } from '../index-set.ts';
import { agenciesConnected } from './agencies-connected.ts';
import { agenciesDeclaring } from './agencies-declaring.ts';
import { agenciesWithLan } from './agencies-with-lan.ts';
import { agenciesWithSolutions } from './agencies-with-solutions.ts';
import { bandwidthPerOfficial } from './bandwidth-per-official.ts';
import { declaredPerOfficial } from './declared-per-official.ts';
import { machinesFailing } from './machines-failing.ts';
import { machinesOnInternet } from './machines-on-internet.ts';
import { machinesPassing } from './machines-passing.ts';
import { machinesPerOfficial } from './machines-per-official.ts';
import { machinesProtected } from './machines-protected.ts';
import { officialsWithMachine } from './officials-with-machine.ts';
import { systemsProtected } from './systems-protected.ts';

/** What is known of a formula beside how it examines an agency. */
export type FormulaTraits = Omit<Formula, 'examine'>;

/** Every formula with what it counts, sorted by id. */
export const FORMULAS: readonly FormulaTraits[] = [
  agenciesConnected,
  agenciesDeclaring,
  agenciesWithLan,
  agenciesWithSolutions,
  bandwidthPerOfficial,
  declaredPerOfficial,
  machinesFailing,
  machinesOnInternet,
  machinesPassing,
  machinesPerOfficial,
  machinesProtected,
  officialsWithMachine,
  systemsProtected,
];

const traitsById = new Map(FORMULAS.map((formula) => [formula.id, formula]));

/**
 * What is known of a formula.
 *
 * @throws {RangeError} when this version has none of that id, which the schema of a set rules out
 */
export function formulaTraits(id: FormulaChoice['id']): FormulaTraits {
  const traits = traitsById.get(id);
  if (traits === undefined) throw new RangeError(`No formula has the id "${id}"`);
  return traits;
}

/**
 * Tells whether machines that belong to no agency of the day are in the figure of the whole register: where machines
 * themselves are the units. A quotient has nothing to divide them by.
 */
export function countsUnassigned(id: FormulaChoice['id']): boolean {
  const { arithmetic, coverageOf } = formulaTraits(id);
  return arithmetic === 'share' && coverageOf === 'machines';
}

/** Examines an agency by the formula a definition chose. */
export function examine(choice: FormulaChoice, input: FormulaInput): Examination | undefined {
  switch (choice.id) {
    case 'agencies-connected':
      return agenciesConnected.examine(input, choice);
    case 'agencies-declaring':
      return agenciesDeclaring.examine(input, choice);
    case 'agencies-with-lan':
      return agenciesWithLan.examine(input, choice);
    case 'agencies-with-solutions':
      return agenciesWithSolutions.examine(input, choice);
    case 'bandwidth-per-official':
      return bandwidthPerOfficial.examine(input, choice);
    case 'declared-per-official':
      return declaredPerOfficial.examine(input, choice);
    case 'machines-failing':
      return machinesFailing.examine(input, choice);
    case 'machines-on-internet':
      return machinesOnInternet.examine(input, choice);
    case 'machines-passing':
      return machinesPassing.examine(input, choice);
    case 'machines-per-official':
      return machinesPerOfficial.examine(input, choice);
    case 'machines-protected':
      return machinesProtected.examine(input, choice);
    case 'officials-with-machine':
      return officialsWithMachine.examine(input, choice);
    case 'systems-protected':
      return systemsProtected.examine(input, choice);
    default:
      return assertNever(choice);
  }
}
