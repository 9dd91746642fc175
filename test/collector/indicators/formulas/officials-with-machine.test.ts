import { describe, expect, it } from 'vitest';
import { officialsWithMachine } from '#collector/indicators/formulas/officials-with-machine.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, group, numbers } from '../province.ts';

const cases = [
  { when: 'computers are only declared', agency: department(), groups: [], want: { a: 12, b: 20, unknownCount: 0 } },
  {
    when: 'there are more machines than officials',
    agency: department(),
    groups: [group({ machineCount: 33 })],
    want: { a: 20, b: 20, unknownCount: 0 },
  },
  {
    when: 'nothing but officials was declared',
    agency: department({ numbers: numbers({ officials: 20 }) }),
    groups: [group({ machineCount: 7 })],
    want: { a: 7, b: 20, unknownCount: 0 },
  },
  {
    when: 'officials were never declared',
    agency: department({ numbers: numbers({ computers: 12 }) }),
    groups: [group()],
    want: undefined,
  },
];

describe('officials-with-machine', () => {
  it.each(cases)('gives $want when $when', ({ agency, groups, want }) => {
    const input = formulaInput({ agency, groups });
    expect(figureOfFormula(officialsWithMachine, input, { id: 'officials-with-machine' })).toEqual(want);
  });
});
