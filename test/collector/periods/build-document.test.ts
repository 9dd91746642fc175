import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { buildDocument } from '#collector/periods/build-document.ts';
import { canonicalJson } from '#collector/periods/canonical-json.ts';
import { parsePeriod } from '#collector/periods/reporting-period.ts';
import { parseSealDocument } from '#collector/periods/seal-document.ts';
import { firstMiscount } from '#collector/periods/verify-document.ts';
import { quarterFacts } from './period-rig.ts';
import { randomFacts } from './random-facts.ts';

const TERMS = { period: parsePeriod('2026-Q3'), isPeriodOver: true, softwareVersion: '0.1.0' };

function documentOf(facts: IndicatorFacts) {
  return buildDocument({ ...facts, day: facts.register.day, atMs: 5 }, TERMS);
}

describe('buildDocument()', () => {
  it('holds figures of every scope, the units on each side, and how they were found', () => {
    const document = documentOf(quarterFacts());
    const antivirus = document.results.filter(({ indicatorId }) => indicatorId === 'antivirus');
    expect(antivirus.map(({ scope, a, b, unknownCount }) => ({ scope, a, b, unknownCount }))).toEqual([
      { scope: 'register', a: 2, b: 12, unknownCount: 9 },
      { scope: 'level', a: 2, b: 12, unknownCount: 9 },
      { scope: 'agency', a: 2, b: 12, unknownCount: 9 },
    ]);
    expect(document.units.find(({ indicatorId }) => indicatorId === 'antivirus')).toEqual({
      indicatorId: 'antivirus',
      machines: [
        { standing: 'counted', reason: 'passes', groups: [1] },
        { standing: 'not_counted', reason: 'rule_fails', groups: [0] },
      ],
      declared: [{ agencyCode: 'H47.02', standing: 'unknown', reason: 'no_agent', subject: 'computers', count: 9 }],
      items: [],
      agencies: [],
      missing: [],
    });
    expect(document.atMs).toBe(Date.parse('2026-09-30T17:00:00Z') - 1);
    expect(document.method.formulas.map(({ id }) => id)).toContain('machines-passing');
  });

  it('gives one document for the same facts, whatever order they come in and however alike machines are grouped', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const shuffled = {
          ...facts,
          register: { ...facts.register, agencies: facts.register.agencies.toReversed() },
          networks: facts.networks.toReversed(),
          groups: facts.groups
            .toReversed()
            .flatMap(({ machineIds = [], ...alike }) =>
              machineIds.toReversed().map((id) => ({ ...alike, machineCount: 1, machineIds: [id] })),
            ),
        };
        expect(canonicalJson(documentOf(shuffled))).toBe(canonicalJson(documentOf(facts)));
      }),
      { numRuns: 40 },
    );
  });

  it('reads back as it was, and every figure comes out again from the document alone', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const text = canonicalJson(documentOf(facts));
        const read = parseSealDocument(text);
        expect(canonicalJson(read)).toBe(text);
        expect(firstMiscount(read)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('verifies what was sealed while nobody knew of places, by the formula of then', () => {
    fc.assert(
      fc.property(randomFacts, ({ places: _unknown, ...facts }) => {
        const indicators = facts.indexSet.indicators.map((one) =>
          one.formula.id === 'agencies-with-lan'
            ? { ...one, formula: { ...one.formula, id: 'agencies-declaring' as const, subject: 'lan' as const } }
            : one,
        );
        const text = canonicalJson(documentOf({ ...facts, indexSet: { ...facts.indexSet, indicators } }));
        const read = parseSealDocument(text);
        expect([firstMiscount(read), 'places' in read.facts, canonicalJson(read) === text]).toEqual([
          undefined,
          false,
          true,
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses groups that do not say which machines they are', () => {
    const [first] = quarterFacts().groups;
    const groups = first === undefined ? [] : [{ ...first, machineCount: 3 }];
    expect(() => documentOf(quarterFacts({ groups }))).toThrow(TypeError);
  });
});
