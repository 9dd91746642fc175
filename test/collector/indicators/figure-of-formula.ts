import { type Figure, type Formula, type FormulaInput, figureOf } from '#collector/indicators/formula.ts';
import type { FormulaChoice } from '#collector/indicators/index-set.ts';

/** The figure a formula gives for one agency; undefined when the register lacks what it is made of. */
export function figureOfFormula<Id extends FormulaChoice['id']>(
  formula: Formula<Id>,
  input: FormulaInput,
  choice: Extract<FormulaChoice, { id: Id }>,
): Figure | undefined {
  const parts = formula.examine(input, choice)?.parts;
  return parts === undefined ? undefined : figureOf(parts, formula.arithmetic);
}
