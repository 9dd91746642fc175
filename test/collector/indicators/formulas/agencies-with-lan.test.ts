import { describe, expect, it } from 'vitest';
import { agenciesWithLan } from '#collector/indicators/formulas/agencies-with-lan.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { department, formulaInput, numbers } from '../province.ts';

const choice = { id: 'agencies-with-lan', levels: ['department'] } as const;
const figures = (a: number, unknownCount: number) => ({ a, b: 1, unknownCount });

describe('agencies-with-lan', () => {
  it.each([
    { when: 'it declared one', lan: 1, measured: 0, want: figures(1, 0), reason: 'declared_yes' },
    { when: 'it declared one that was measured', lan: 1, measured: 5, want: figures(1, 0), reason: 'declared_yes' },
    { when: 'one was measured', lan: undefined, measured: 2, want: figures(1, 0), reason: 'lan_measured' },
    {
      when: 'it declared none, but one was measured',
      lan: 0,
      measured: 2,
      want: figures(1, 0),
      reason: 'lan_measured',
    },
    {
      when: 'it declared none and one machine was seen',
      lan: 0,
      measured: 1,
      want: figures(0, 0),
      reason: 'declared_no',
    },
    {
      when: 'it never said and one machine was seen',
      lan: undefined,
      measured: 1,
      want: figures(0, 1),
      reason: 'undeclared',
    },
    { when: 'nothing is known', lan: undefined, measured: 0, want: figures(0, 1), reason: 'undeclared' },
  ])('gives $want when $when', ({ lan, measured, want, reason }) => {
    const agency = department({ numbers: numbers(lan === undefined ? {} : { lan }) });
    const input = formulaInput({ agency, mostMachinesAtPlace: measured });
    expect(figureOfFormula(agenciesWithLan, input, choice)).toEqual(want);
    expect(agenciesWithLan.examine(input, choice)?.parts?.map((part) => part.reason)).toEqual([reason]);
  });

  it('names the place and how many machines were there, as far as they are known', () => {
    const partsOf = (busiestPlace: string | undefined) => {
      const agency = department({ numbers: {} });
      const input = formulaInput({ agency, mostMachinesAtPlace: 2, busiestPlace });
      return agenciesWithLan.examine(input, choice)?.parts?.map(({ evidence }) => evidence);
    };
    expect(partsOf('192.0.2.0/24 192.0.2.1')).toEqual(['192.0.2.0/24 192.0.2.1 2']);
    expect(partsOf(undefined)).toEqual([undefined]);
  });

  it('does not ask agencies of other levels', () => {
    const input = formulaInput({ agency: department({ level: 'unit' }), mostMachinesAtPlace: 9 });
    expect(agenciesWithLan.examine(input, choice)).toBeUndefined();
  });
});
