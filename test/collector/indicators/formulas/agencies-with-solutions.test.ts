import { describe, expect, it } from 'vitest';
import { agenciesWithSolutions } from '#collector/indicators/formulas/agencies-with-solutions.ts';
import { line, solution } from '../declared-things.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, group, verdicts } from '../province.ts';

const choice = {
  id: 'agencies-with-solutions',
  levels: ['department'],
  ruleIds: ['antivirus-active'],
  solutionTypes: ['nas', 'network-firewall', 'spam-filter'],
} as const;
const unprotected = verdicts({ 'antivirus-active': 'fail' });

const cases = [
  {
    when: 'one machine is protected, another is not, and two of three solutions are declared',
    items: [solution('n', 'nas'), solution('f', 'network-firewall')],
    groups: [group(), group({ verdicts: unprotected })],
    want: { a: 3, b: 4, unknownCount: 0 },
  },
  {
    when: 'no machine is protected and only a line is declared, which says nothing of solutions',
    items: [line('a', 'wan', 1)],
    groups: [group({ verdicts: unprotected })],
    want: { a: 0, b: 4, unknownCount: 3 },
  },
  { when: 'nothing is known', items: [], groups: [], want: { a: 0, b: 4, unknownCount: 4 } },
  {
    when: 'the only protected machines are lost or servers, and one is not judged',
    items: [solution('n', 'nas')],
    groups: [group({ state: 'lost' }), group({ kind: 'server' }), group({ verdicts: {} })],
    want: { a: 1, b: 4, unknownCount: 1 },
  },
];

describe('agencies-with-solutions', () => {
  it.each(cases)('gives $want when $when', ({ items, groups, want }) => {
    const input = formulaInput({ agency: department({ items }), groups });
    expect(figureOfFormula(agenciesWithSolutions, input, choice)).toEqual(want);
  });
});
