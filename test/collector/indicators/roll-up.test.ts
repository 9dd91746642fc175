import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeIndicators } from '#collector/indicators/compute-indicators.ts';
import { findUnits } from '#collector/indicators/find-units.ts';
import { formulaTraits } from '#collector/indicators/formulas/index.ts';
import type { IndicatorResult, ResultScope } from '#collector/indicators/indicator-result.ts';
import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { anyGroup, anyProvince } from './random-province.ts';

const RUNS = { numRuns: 150 };

function countsOf({ a, b, unknownCount, missingCount }: IndicatorResult) {
  return { a, b, unknownCount, missingCount };
}

function sum(results: readonly IndicatorResult[]) {
  const total = { a: 0, b: 0, unknownCount: 0, missingCount: 0 };
  for (const result of results) {
    total.a += result.a;
    total.b += result.b;
    total.unknownCount += result.unknownCount;
    total.missingCount += result.missingCount;
  }
  return total;
}

/** For every indicator: the whole register, and what is to add up to it. */
function wholeAndParts(facts: IndicatorFacts, isPart: (result: IndicatorResult) => boolean) {
  const byId = Map.groupBy(computeIndicators(facts), ({ indicatorId }) => indicatorId);
  return [...byId].map(([id, results]) => {
    const whole = results.filter(({ scope }) => scope === 'register').map(countsOf);
    return { id, whole, parts: [sum(results.filter((one) => one.scope === 'unassigned' || isPart(one)))] };
  });
}

function formulaOf({ indexSet }: IndicatorFacts, indicatorId: string) {
  const definition = indexSet.indicators.find(({ id }) => id === indicatorId);
  if (definition === undefined) throw new TypeError(`The set has no ${indicatorId}`);
  return formulaTraits(definition.formula.id);
}

const addsUp = (isPart: (result: IndicatorResult, facts: IndicatorFacts) => boolean) =>
  fc.property(anyProvince, (facts) => {
    for (const { whole, parts } of wholeAndParts(facts, (result) => isPart(result, facts)))
      expect(whole).toEqual(parts);
  });

const ofScope = (scope: ResultScope) => (result: IndicatorResult) => result.scope === scope;

describe('rollUp()', () => {
  it('adds agencies up to the whole register', () => {
    expect.hasAssertions();
    fc.assert(addsUp(ofScope('agency')), RUNS);
  });

  it('adds levels up to the whole register', () => {
    expect.hasAssertions();
    fc.assert(addsUp(ofScope('level')), RUNS);
  });

  it('adds the subtrees of those without a parent up to the whole register', () => {
    expect.hasAssertions();
    fc.assert(
      addsUp((result, { register: { agencies } }) => {
        const known = new Set(agencies.map(({ code }) => code));
        const parentOf = (code: string) => agencies.find((one) => one.code === code)?.parentCode;
        const isTop = !known.has(parentOf(result.agencyCode) ?? '');
        const isHead = agencies.some(({ parentCode }) => parentCode === result.agencyCode);
        return isTop && result.scope === (isHead ? 'subtree' : 'agency');
      }),
      RUNS,
    );
  });

  it('keeps coverage between 0 and 1, and unknown out of a', () => {
    fc.assert(
      fc.property(anyProvince, (facts) => {
        for (const { coverage, indicatorId, a, b, unknownCount } of computeIndicators(facts)) {
          const { reportingCount = 0, registeredCount = 0 } = coverage ?? {};
          expect([reportingCount >= 0, reportingCount <= registeredCount]).toEqual([true, true]);
          if (formulaOf(facts, indicatorId).arithmetic === 'share') expect(a + unknownCount).toBeLessThanOrEqual(b);
        }
      }),
      RUNS,
    );
  });

  it('gives counts that are the lengths of the lists of units', () => {
    fc.assert(
      fc.property(anyProvince, (facts) => {
        for (const { indicatorId, scope, agencyCode, level, ...result } of computeIndicators(facts)) {
          const lists = findUnits(facts, { indicatorId, scope, agencyCode, level });
          const count = (units: readonly { readonly count: number }[] = []) =>
            units.reduce((total, one) => total + one.count, 0);
          const [counted, notCounted, unknown] = [lists?.counted, lists?.notCounted, lists?.unknown].map(count);
          const { arithmetic } = formulaOf(facts, indicatorId);
          expect(lists?.figure).toEqual({ a: result.a, b: result.b, unknownCount: result.unknownCount });
          expect(unknown).toBe(result.unknownCount);
          expect(new Set(lists?.missing.map((one) => one.agencyCode)).size).toBe(result.missingCount);
          if (arithmetic === 'share')
            expect([counted, (counted ?? 0) + (notCounted ?? 0) + (unknown ?? 0)]).toEqual([result.a, result.b]);
          if (arithmetic === 'quotient') expect([counted, count(lists?.base)]).toEqual([result.a, result.b]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never raises a ratio by a machine of which nothing is known', () => {
    fc.assert(
      fc.property(anyProvince, anyGroup, fc.constantFrom('kind', 'state', 'verdicts'), (facts, added, what) => {
        const unknown = {
          ...added,
          isOnInternet: undefined,
          antivirus: [],
          ...(what === 'kind' ? { kind: undefined } : {}),
          ...(what === 'state' ? { kind: 'desktop' as const, state: 'lost' as const } : {}),
          verdicts: {},
        };
        const after = new Map(
          computeIndicators({ ...facts, groups: [...facts.groups, unknown] }, ['register']).map((one) => [
            one.indicatorId,
            one,
          ]),
        );
        for (const before of computeIndicators(facts, ['register'])) {
          const { a = 0, b = 0 } = after.get(before.indicatorId) ?? {};
          // A lost machine of a known kind is a computer all the same, so only an unseen kind adds to no quotient.
          const isShare = formulaOf(facts, before.indicatorId).arithmetic === 'share';
          if (isShare || what === 'kind') expect(a).toBe(before.a);
          if (formulaOf(facts, before.indicatorId).coverageOf === 'machines')
            expect(b).toBeGreaterThanOrEqual(before.b);
        }
      }),
      RUNS,
    );
  });

  it('keeps every a, and b where nobody declared computers, when a machine moves to another agency', () => {
    fc.assert(
      fc.property(anyProvince, fc.nat(), fc.constantFrom('H47', 'H47.02', 'H47.103'), (facts, index, to) => {
        const register = {
          ...facts.register,
          agencies: facts.register.agencies.map((one) => ({ ...one, items: [], numbers: {} })),
        };
        const moved = facts.groups.map((one, at) =>
          at === index % Math.max(facts.groups.length, 1) ? { ...one, agencyCode: to } : one,
        );
        const ofMachines = (groups: typeof moved) =>
          computeIndicators({ ...facts, register, groups }, ['register'])
            .filter(({ indicatorId }) => formulaOf(facts, indicatorId).coverageOf === 'machines')
            .map(({ indicatorId, a, b, unknownCount }) => ({ indicatorId, a, b, unknownCount }));
        expect(ofMachines(moved)).toEqual(ofMachines([...facts.groups]));
      }),
      RUNS,
    );
  });
});
