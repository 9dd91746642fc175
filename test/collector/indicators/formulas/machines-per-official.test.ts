import { describe, expect, it } from 'vitest';
import { COMPUTER_KINDS } from '#collector/indicators/counted-machines.ts';
import { machinesPerOfficial } from '#collector/indicators/formulas/machines-per-official.ts';
import { department, group } from '../province.ts';

const { officialCount: _, ...undeclared } = department();

const cases = [
  { when: 'there is no machine', agency: department(), groups: [], want: { a: 0, b: 20 } },
  {
    when: 'there are more machines than officials, some of them lost',
    agency: department(),
    groups: [group({ machineCount: 22 }), group({ kind: 'laptop', state: 'lost', machineCount: 3 })],
    want: { a: 25, b: 20 },
  },
  {
    when: 'servers and machines of unseen kind are there',
    agency: department(),
    groups: [group({ kind: 'server', machineCount: 5 }), group({ kind: undefined, machineCount: 5 }), group()],
    want: { a: 1, b: 20 },
  },
  { when: 'officials were never declared', agency: undeclared, groups: [group()], want: undefined },
];

describe('machines-per-official', () => {
  it.each(cases)('gives $want when $when', ({ agency, groups, want }) => {
    const input = { agency, groups, countedKinds: COMPUTER_KINDS };
    expect(machinesPerOfficial.compute(input, { id: 'machines-per-official' })).toEqual(want);
  });
});
