import { describe, expect, it } from 'vitest';
import { findUnits, type Unit, type UnitQuery } from '#collector/indicators/find-units.ts';
import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { line } from './declared-things.ts';
import { DAY_AFTER, goldenFacts } from './golden-register.ts';
import { department, facts, group, verdicts } from './province.ts';

const unprotected = verdicts({ 'antivirus-active': 'fail' });

/** A department of which 12 computers are declared and 4 measured, and a machine of an agency that is no more. */
const FACTS = facts({
  groups: [
    group({ machineCount: 2, machineIds: ['m1', 'm2'] }),
    group({ machineCount: 1, machineIds: ['m3'], verdicts: unprotected }),
    group({ machineCount: 1, machineIds: ['m4'], kind: undefined }),
    group({ machineCount: 1, machineIds: ['m5'], agencyCode: 'H46.9' }),
  ],
});

const whole = (indicatorId: string): UnitQuery => ({ indicatorId, scope: 'register' });

function shown(units: readonly Unit[] | undefined) {
  return units?.map(({ agencyCode, kind, id, count, reason }) => [agencyCode, kind, id, count, reason]);
}

function findIn(given: IndicatorFacts, query: UnitQuery) {
  const lists = findUnits(given, query);
  return {
    ...lists,
    counted: shown(lists?.counted),
    notCounted: shown(lists?.notCounted),
    unknown: shown(lists?.unknown),
  };
}

describe('findUnits()', () => {
  it('lists machines by where they stand, and what is only declared with its day and source', () => {
    expect(findIn(FACTS, whole('antivirus'))).toEqual({
      figure: { a: 3, b: 13, unknownCount: 9 },
      counted: [
        ['H47.02', 'machine', 'm1', 1, 'passes'],
        ['H47.02', 'machine', 'm2', 1, 'passes'],
        ['H46.9', 'machine', 'm5', 1, 'passes'],
      ],
      notCounted: [['H47.02', 'machine', 'm3', 1, 'rule_fails']],
      unknown: [
        ['H47.02', 'machine', 'm4', 1, 'kind_unseen'],
        ['H47.02', 'declared', 'computers', 8, 'no_agent'],
      ],
      base: [],
      missing: [],
    });
    expect(findUnits(FACTS, whole('antivirus'))?.unknown[1]?.declared).toEqual({ asOf: '2026-01-01', source: 'QĐ 1' });
  });

  it('lists what a quotient divides by', () => {
    const lists = findUnits(facts(), whole('computers-per-official'));
    expect([shown(lists?.counted), shown(lists?.base)]).toEqual([
      [['H47.02', 'declared', 'computers', 12, 'no_agent']],
      [['H47.02', 'declared', 'officials', 20, 'declared']],
    ]);
  });

  it('lists declared things by kind and id', () => {
    const register = { day: '2026-11-22', agencies: [department({ items: [line('cap-quang', 'internet', 40_000)] })] };
    expect(findIn(facts({ register }), whole('broadband-per-official')).counted).toEqual([
      ['H47.02', 'item', 'line/cap-quang', 40_000, 'declared'],
    ]);
  });

  it('lists agencies by what of them counts', () => {
    expect(findIn(facts(), whole('security-solutions')).unknown?.slice(0, 2)).toEqual([
      ['H47.02', 'agency', 'antivirus', 1, 'no_machine'],
      ['H47.02', 'agency', 'das', 1, 'undeclared'],
    ]);
  });

  it('gives groups whose machines were not asked for as one unit', () => {
    const counted = findIn(facts({ groups: [group({ machineCount: 7 })] }), whole('firewall')).counted;
    expect(counted).toEqual([['H47.02', 'machines', undefined, 7, 'passes']]);
  });

  it('names what agencies never declared, and whether they have a figure all the same', () => {
    const { missing } = findIn(goldenFacts(DAY_AFTER), whole('computers-per-official'));
    expect(missing).toEqual([
      { agencyCode: 'H47.02.1', subject: 'computers', hasFigure: true },
      { agencyCode: 'H47.120', subject: 'computers', hasFigure: false },
      { agencyCode: 'H47.120', subject: 'officials', hasFigure: false },
    ]);
  });

  it.each([
    [
      { scope: 'agency', agencyCode: 'H47.02' },
      { a: 15, b: 22, unknownCount: 3 },
    ],
    [
      { scope: 'subtree', agencyCode: 'H47.02' },
      { a: 18, b: 25, unknownCount: 3 },
    ],
    [
      { scope: 'level', level: 'commune' },
      { a: 9, b: 14, unknownCount: 3 },
    ],
    [{ scope: 'unassigned' }, { a: 1, b: 1, unknownCount: 0 }],
  ] as const)('finds the units of %o', (place, figure) => {
    expect(findUnits(goldenFacts(DAY_AFTER), { indicatorId: 'antivirus', ...place })?.figure).toEqual(figure);
  });

  it('finds nothing for an indicator that is not in force', () => {
    expect(findUnits(FACTS, whole('moon'))).toBeUndefined();
  });
});
