import { describe, expect, it } from 'vitest';
import { machinesPassing } from '#collector/indicators/formulas/machines-passing.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, group, numbers, verdicts } from '../province.ts';

const undeclared = department({ numbers: numbers({ officials: 20 }) });

const cases = [
  {
    when: 'the agency has no machine and declared 12',
    agency: department(),
    groups: [],
    want: { a: 0, b: 12, unknownCount: 12 },
  },
  { when: 'the agency has neither', agency: undeclared, groups: [], want: { a: 0, b: 0, unknownCount: 0 } },
  {
    when: '5 of 12 have an agent and pass',
    agency: department(),
    groups: [group({ machineCount: 5 })],
    want: { a: 5, b: 12, unknownCount: 7 },
  },
  {
    when: 'more are measured than declared',
    agency: department(),
    groups: [group({ machineCount: 15 })],
    want: { a: 15, b: 15, unknownCount: 0 },
  },
  {
    when: 'nothing was declared',
    agency: undeclared,
    groups: [
      group({ machineCount: 4 }),
      group({ machineCount: 3, verdicts: verdicts({ 'antivirus-active': 'unknown' }) }),
    ],
    want: { a: 4, b: 7, unknownCount: 3 },
  },
  {
    when: 'one of the two rules is unknown, fails, does not apply, or was never judged',
    agency: department(),
    groups: [
      group({ machineCount: 1, verdicts: verdicts({ 'antivirus-signatures': 'unknown' }) }),
      group({ machineCount: 2, verdicts: verdicts({ 'antivirus-signatures': 'fail' }) }),
      group({ machineCount: 1, verdicts: verdicts({ 'antivirus-signatures': 'not_applicable' }) }),
      group({ machineCount: 4, verdicts: { 'antivirus-active': 'pass' } }),
      group({ machineCount: 1, verdicts: { 'antivirus-active': 'unknown', 'antivirus-signatures': 'fail' } }),
      group({ machineCount: 3 }),
    ],
    want: { a: 3, b: 12, unknownCount: 5 },
  },
  {
    when: 'some are silent and some lost',
    agency: department(),
    groups: [group({ state: 'silent', machineCount: 2 }), group({ state: 'lost', machineCount: 3 })],
    want: { a: 2, b: 12, unknownCount: 10 },
  },
  {
    when: 'servers and virtual machines pass, too',
    agency: undeclared,
    groups: [
      group({ kind: 'server', machineCount: 9 }),
      group({ kind: 'virtual', machineCount: 9 }),
      group({ kind: 'laptop' }),
    ],
    want: { a: 1, b: 1, unknownCount: 0 },
  },
  {
    when: 'the kind of two that pass was not seen',
    agency: undeclared,
    groups: [group({ kind: undefined, machineCount: 2 }), group({ machineCount: 5 })],
    want: { a: 5, b: 7, unknownCount: 2 },
  },
];

describe('machines-passing', () => {
  it.each(cases)('gives $want.a of $want.b when $when', ({ agency, groups, want }) => {
    const choice = { id: 'machines-passing', ruleIds: ['antivirus-active', 'antivirus-signatures'] } as const;
    expect(figureOfFormula(machinesPassing, formulaInput({ agency, groups }), choice)).toEqual(want);
  });
});
