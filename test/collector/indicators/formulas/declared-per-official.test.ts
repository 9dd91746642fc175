import { describe, expect, it } from 'vitest';
import { declaredPerOfficial } from '#collector/indicators/formulas/declared-per-official.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, numbers } from '../province.ts';

const cases = [
  { declared: { officials: 20, 'it-staff': 2 }, want: { a: 2, b: 20, unknownCount: 0 }, missing: [] },
  { declared: { officials: 20, 'it-staff': 0 }, want: { a: 0, b: 20, unknownCount: 0 }, missing: [] },
  { declared: { officials: 20 }, want: undefined, missing: ['it-staff'] },
  { declared: { 'it-staff': 2 }, want: undefined, missing: ['officials'] },
  { declared: {}, want: undefined, missing: ['it-staff', 'officials'] },
];

describe('declared-per-official', () => {
  it.each(cases)('gives $want for $declared and names what is missing', ({ declared, want, missing }) => {
    const input = formulaInput({ agency: department({ numbers: numbers(declared) }) });
    const choice = { id: 'declared-per-official', subject: 'it-staff' } as const;
    expect(figureOfFormula(declaredPerOfficial, input, choice)).toEqual(want);
    expect(declaredPerOfficial.examine(input, choice)?.missing).toEqual(missing);
  });
});
