import { describe, expect, it } from 'vitest';
import { systemsProtected } from '#collector/indicators/formulas/systems-protected.ts';
import { line, system } from '../declared-things.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput } from '../province.ts';

const cases = [
  {
    when: 'one has level and plan, one no plan, one no level',
    items: [system('a', 2, true), system('b', 3, false), system('c', undefined, true)],
    want: { a: 1, b: 3, unknownCount: 0 },
  },
  {
    when: 'equipment is declared and no system',
    items: [line('a', 'wan', 1)],
    want: { a: 0, b: 0, unknownCount: 0 },
  },
  { when: 'nothing is declared', items: [], want: undefined },
];

describe('systems-protected', () => {
  it.each(cases)('gives $want when $when', ({ items, want }) => {
    const input = formulaInput({ agency: department({ items }) });
    expect(figureOfFormula(systemsProtected, input, { id: 'systems-protected' })).toEqual(want);
  });
});
