import { describe, expect, it } from 'vitest';
import { machinesFailing } from '#collector/indicators/formulas/machines-failing.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, group, verdicts } from '../province.ts';

const failing = verdicts({ 'os-supported': 'fail' });

const cases = [
  { when: 'there is no machine', groups: [], want: { a: 0, b: 12, unknownCount: 12 } },
  {
    when: 'three fail, two are unknown, four pass and three have no agent',
    groups: [
      group({ machineCount: 3, verdicts: failing }),
      group({ machineCount: 2, verdicts: verdicts({ 'os-supported': 'unknown' }) }),
      group({ machineCount: 4 }),
    ],
    want: { a: 3, b: 12, unknownCount: 5 },
  },
  {
    when: 'those that failed are lost, or are servers',
    groups: [
      group({ machineCount: 3, state: 'lost', verdicts: failing }),
      group({ machineCount: 3, kind: 'server', verdicts: failing }),
    ],
    want: { a: 0, b: 12, unknownCount: 12 },
  },
  {
    when: 'the rule was never judged, or does not apply',
    groups: [
      group({ machineCount: 2, verdicts: {} }),
      group({ machineCount: 10, verdicts: verdicts({ 'os-supported': 'not_applicable' }) }),
    ],
    want: { a: 0, b: 12, unknownCount: 2 },
  },
];

describe('machines-failing', () => {
  it.each(cases)('gives $want.a of $want.b when $when', ({ groups, want }) => {
    const input = formulaInput({ agency: department(), groups });
    expect(figureOfFormula(machinesFailing, input, { id: 'machines-failing', ruleId: 'os-supported' })).toEqual(want);
  });
});
