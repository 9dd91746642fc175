import { describe, expect, it } from 'vitest';
import { machinesPerOfficial } from '#collector/indicators/formulas/machines-per-official.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, group, numbers } from '../province.ts';

const measuredOnly = department({ numbers: numbers({ officials: 20 }) });

const cases = [
  { when: 'all are only declared', agency: department(), groups: [], want: { a: 12, b: 20, unknownCount: 0 } },
  {
    when: 'some are measured and the rest declared',
    agency: department(),
    groups: [group({ machineCount: 5 }), group({ kind: 'laptop', state: 'lost', machineCount: 3 })],
    want: { a: 12, b: 20, unknownCount: 0 },
  },
  {
    when: 'there are more machines than officials',
    agency: department(),
    groups: [group({ machineCount: 22 }), group({ kind: 'laptop', state: 'lost', machineCount: 3 })],
    want: { a: 25, b: 20, unknownCount: 0 },
  },
  {
    when: 'servers are there, and machines of unseen kind that may be among the declared',
    agency: department(),
    groups: [group({ kind: 'server', machineCount: 5 }), group({ kind: undefined, machineCount: 5 }), group()],
    want: { a: 12, b: 20, unknownCount: 5 },
  },
  {
    when: 'computers were never declared',
    agency: measuredOnly,
    groups: [group({ machineCount: 4 }), group({ kind: undefined })],
    want: { a: 4, b: 20, unknownCount: 1 },
  },
  {
    when: 'officials were never declared',
    agency: department({ numbers: numbers({ computers: 12 }) }),
    groups: [group()],
    want: undefined,
  },
];

describe('machines-per-official', () => {
  it.each(cases)('gives $want when $when', ({ agency, groups, want }) => {
    const input = formulaInput({ agency, groups });
    expect(figureOfFormula(machinesPerOfficial, input, { id: 'machines-per-official' })).toEqual(want);
  });

  it('tells the measured machines from those that are only declared', () => {
    const input = formulaInput({ groups: [group({ machineCount: 5 })] });
    const parts = machinesPerOfficial.examine(input, { id: 'machines-per-official' })?.parts ?? [];
    expect(parts.map(({ standing, reason, count }) => [standing, reason, count])).toEqual([
      ['counted', 'seen', 5],
      ['counted', 'no_agent', 7],
      ['base', 'declared', 20],
    ]);
  });
});
