import { describe, expect, it } from 'vitest';
import { computeIndicators, isInForce } from '#collector/indicators/compute-indicators.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { department, group, verdicts } from './province.ts';

const atMs = Date.parse('2026-11-22T12:00:00Z');
const commune = { code: 'H47.101', nameVi: 'Xã A', level: 'commune', officialCount: 10, computerCount: 8 };
const inCommune = { agencyCode: 'H47.101' };

const AGENCIES = [commune, department()];
const GROUPS = [
  group({ machineCount: 9 }),
  group({ machineCount: 2, state: 'silent', verdicts: verdicts({ 'firewall-on': 'fail' }) }),
  group({ ...inCommune, machineCount: 13, verdicts: verdicts({ 'antivirus-active': 'unknown' }) }),
  group({ ...inCommune, machineCount: 1, verdicts: verdicts({ 'os-supported': 'fail' }) }),
];

function pairs(id: string, agencies = AGENCIES, groups = GROUPS) {
  return computeIndicators({ indexSet: DEFAULT_INDEX_SET, agencies, groups, atMs })
    .filter(({ indicatorId }) => indicatorId === id)
    .map(({ agencyCode, a, b }) => [agencyCode, a, b]);
}

function coverages(agencies = AGENCIES, groups = GROUPS) {
  return computeIndicators({ indexSet: DEFAULT_INDEX_SET, agencies, groups, atMs })
    .filter(({ indicatorId }) => indicatorId === 'antivirus')
    .map(({ coverage }) => (coverage === undefined ? undefined : [coverage.reportingCount, coverage.registeredCount]));
}

describe('computeIndicators()', () => {
  it.each([
    [
      'antivirus',
      [
        ['', 12, 26],
        ['H47.02', 11, 12],
        ['H47.101', 1, 14],
      ],
    ],
    [
      'computers-per-official',
      [
        ['', 25, 30],
        ['H47.02', 11, 20],
        ['H47.101', 14, 10],
      ],
    ],
    [
      'firewall',
      [
        ['', 23, 26],
        ['H47.02', 9, 12],
        ['H47.101', 14, 14],
      ],
    ],
    [
      'officials-with-computer',
      [
        ['', 21, 30],
        ['H47.02', 11, 20],
        ['H47.101', 10, 10],
      ],
    ],
    [
      'os-unsupported',
      [
        ['', 1, 26],
        ['H47.02', 0, 12],
        ['H47.101', 1, 14],
      ],
    ],
    [
      'patched',
      [
        ['', 24, 26],
        ['H47.02', 11, 12],
        ['H47.101', 13, 14],
      ],
    ],
  ])('computes %s for the whole register first and then each agency', (id, want) => {
    expect(pairs(id)).toEqual(want);
  });

  it('gives coverage as machines reporting of machines registered', () => {
    expect(coverages()).toEqual([
      [23, 26],
      [9, 12],
      [14, 14],
    ]);
  });

  it('does not know the coverage where an agency with machines never declared', () => {
    const { computerCount: _, ...undeclared } = commune;
    expect([coverages([undeclared, department()]), pairs('antivirus', [undeclared, department()])]).toEqual([
      [undefined, [9, 12], undefined],
      [
        ['', 12, 26],
        ['H47.02', 11, 12],
        ['H47.101', 1, 14],
      ],
    ]);
  });

  it('lets an agency without machines and numbers add nothing', () => {
    const empty = { code: 'H47', nameVi: 'UBND tỉnh', level: 'province' };
    expect([coverages([empty, ...AGENCIES])[0], pairs('antivirus', [empty, ...AGENCIES]).slice(0, 2)]).toEqual([
      [23, 26],
      [
        ['', 12, 26],
        ['H47', 0, 0],
      ],
    ]);
  });

  it('leaves an agency that never declared its officials out of both a and b', () => {
    const { officialCount: _, ...undeclared } = commune;
    expect(pairs('computers-per-official', [undeclared, department()])).toEqual([
      ['', 11, 20],
      ['H47.02', 11, 20],
    ]);
  });
});

describe('isInForce()', () => {
  const [definition] = DEFAULT_INDEX_SET.indicators;
  const at = (date: string) => Date.parse(`${date}+07:00`);

  it('counts the first and the last day whole, in the time of Viet Nam', () => {
    if (definition === undefined) throw new TypeError('The set is empty');
    const row = { ...definition, validFrom: '2026-01-01', validTo: '2026-12-31' };
    const instants = ['2025-12-31T23:59:59', '2026-01-01T00:00:00', '2026-12-31T23:59:59', '2027-01-01T00:00:00'];
    expect(instants.map((text) => isInForce(row, at(text)))).toEqual([false, true, true, false]);
  });
});
