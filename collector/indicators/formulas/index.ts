import { assertNever } from '#shared/assert-never.ts';
import type { Figure, Formula, FormulaInput } from '../formula.ts';
import type { FormulaChoice } from '../index-set.ts';
import { machinesFailing } from './machines-failing.ts';
import { machinesPassing } from './machines-passing.ts';
import { machinesPerOfficial } from './machines-per-official.ts';
import { officialsWithMachine } from './officials-with-machine.ts';

/** Every formula with what it counts, sorted by id. */
export const FORMULAS: readonly Pick<Formula, 'id' | 'describes'>[] = [
  machinesFailing,
  machinesPassing,
  machinesPerOfficial,
  officialsWithMachine,
];

/** Computes the formula a definition chose. */
export function computeFormula(choice: FormulaChoice, input: FormulaInput): Figure | undefined {
  switch (choice.id) {
    case 'machines-failing':
      return machinesFailing.compute(input, choice);
    case 'machines-passing':
      return machinesPassing.compute(input, choice);
    case 'machines-per-official':
      return machinesPerOfficial.compute(input, choice);
    case 'officials-with-machine':
      return officialsWithMachine.compute(input, choice);
    default:
      return assertNever(choice);
  }
}
