import { computerParts } from './examine-machines.ts';
import type { Examination, FormulaInput, Part } from './formula.ts';

/** Puts parts over the declared officials; an agency that never declared them has no figure. */
export function overOfficials({ agency }: FormulaInput, parts: readonly Part[]): Examination {
  const declared = agency.numbers.officials;
  if (declared === undefined) return { parts: undefined, missing: ['officials'] };
  const unit = { kind: 'declared', subject: 'officials', declared } as const;
  return { parts: [...parts, { standing: 'base', reason: 'declared', count: declared.value, unit }], missing: [] };
}

/** Puts the computers of an agency over its officials; without a declared number of computers there may be more. */
export function computersOverOfficials(input: FormulaInput): Examination {
  const { parts, missing } = overOfficials(input, computerParts(input));
  return { parts, missing: input.agency.numbers.computers === undefined ? ['computers', ...missing] : missing };
}
