import { describe, expect, it } from 'vitest';
import { bandwidthPerOfficial } from '#collector/indicators/formulas/bandwidth-per-official.ts';
import { line, solution } from '../declared-things.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, numbers } from '../province.ts';

const cases = [
  {
    when: 'two Internet lines and one of another kind are declared',
    items: [line('a', 'internet', 50_000), line('b', 'internet', 30_000), line('c', 'wan', 9_000)],
    want: { a: 80_000, b: 20, unknownCount: 0 },
  },
  {
    when: 'lines are declared and none to the Internet',
    items: [line('c', 'wan', 9_000)],
    want: { a: 0, b: 20, unknownCount: 0 },
  },
  {
    when: 'only a solution is declared, which says nothing of lines',
    items: [solution('nas-1', 'nas')],
    want: undefined,
  },
  { when: 'nothing is declared', items: [], want: undefined },
];

describe('bandwidth-per-official', () => {
  it.each(cases)('gives $want when $when', ({ items, want }) => {
    const input = formulaInput({ agency: department({ items }) });
    const choice = { id: 'bandwidth-per-official', lineKinds: ['internet'] } as const;
    expect(figureOfFormula(bandwidthPerOfficial, input, choice)).toEqual(want);
  });

  it('names everything that is missing', () => {
    const input = formulaInput({ agency: department({ items: [], numbers: numbers({}) }) });
    const examination = bandwidthPerOfficial.examine(input, { id: 'bandwidth-per-official', lineKinds: ['internet'] });
    expect(examination).toEqual({ parts: undefined, missing: ['lines', 'officials'] });
  });
});
