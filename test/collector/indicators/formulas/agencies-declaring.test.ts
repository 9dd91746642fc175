import { describe, expect, it } from 'vitest';
import { agenciesDeclaring } from '#collector/indicators/formulas/agencies-declaring.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, numbers } from '../province.ts';

const choice = { id: 'agencies-declaring', levels: ['department'], subject: 'lan' } as const;

const cases = [
  { when: 'it has one', declared: { lan: 1 }, want: { a: 1, b: 1, unknownCount: 0 } },
  { when: 'it has none', declared: { lan: 0 }, want: { a: 0, b: 1, unknownCount: 0 } },
  { when: 'it never said', declared: {}, want: { a: 0, b: 1, unknownCount: 1 } },
];

describe('agencies-declaring', () => {
  it.each(cases)('gives $want when $when', ({ declared, want }) => {
    const input = formulaInput({ agency: department({ numbers: numbers(declared) }) });
    expect(figureOfFormula(agenciesDeclaring, input, choice)).toEqual(want);
  });

  it('does not ask agencies of other levels', () => {
    const input = formulaInput({ agency: department({ level: 'unit', numbers: numbers({ lan: 1 }) }) });
    expect(agenciesDeclaring.examine(input, choice)).toBeUndefined();
  });
});
