import { describe, expect, it } from 'vitest';
import { COMPUTER_KINDS } from '#collector/indicators/counted-machines.ts';
import { officialsWithMachine } from '#collector/indicators/formulas/officials-with-machine.ts';
import { department, group } from '../province.ts';

const { officialCount: _, ...undeclared } = department();

const cases = [
  { when: 'there is no machine', agency: department(), groups: [], want: { a: 0, b: 20 } },
  {
    when: 'there are fewer machines',
    agency: department(),
    groups: [group({ machineCount: 7 })],
    want: { a: 7, b: 20 },
  },
  {
    when: 'there are more machines',
    agency: department(),
    groups: [group({ machineCount: 33 })],
    want: { a: 20, b: 20 },
  },
  { when: 'officials were never declared', agency: undeclared, groups: [group()], want: undefined },
];

describe('officials-with-machine', () => {
  it.each(cases)('gives $want when $when', ({ agency, groups, want }) => {
    const input = { agency, groups, countedKinds: COMPUTER_KINDS };
    expect(officialsWithMachine.compute(input, { id: 'officials-with-machine' })).toEqual(want);
  });
});
