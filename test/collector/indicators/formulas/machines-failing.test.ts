import { describe, expect, it } from 'vitest';
import { COMPUTER_KINDS } from '#collector/indicators/counted-machines.ts';
import { machinesFailing } from '#collector/indicators/formulas/machines-failing.ts';
import { department, group, verdicts } from '../province.ts';

const failing = verdicts({ 'os-supported': 'fail' });

const cases = [
  { when: 'there is no machine', groups: [], want: { a: 0, b: 12 } },
  {
    when: 'three fail, two are unknown and four pass',
    groups: [
      group({ machineCount: 3, verdicts: failing }),
      group({ machineCount: 2, verdicts: verdicts({ 'os-supported': 'unknown' }) }),
      group({ machineCount: 4 }),
    ],
    want: { a: 3, b: 12 },
  },
  {
    when: 'those that failed are lost, or are servers',
    groups: [
      group({ machineCount: 3, state: 'lost', verdicts: failing }),
      group({ machineCount: 3, kind: 'server', verdicts: failing }),
    ],
    want: { a: 0, b: 12 },
  },
];

describe('machines-failing', () => {
  it.each(cases)('gives $want.a of $want.b when $when', ({ groups, want }) => {
    const input = { agency: department(), groups, countedKinds: COMPUTER_KINDS };
    expect(machinesFailing.compute(input, { id: 'machines-failing', ruleId: 'os-supported' })).toEqual(want);
  });
});
