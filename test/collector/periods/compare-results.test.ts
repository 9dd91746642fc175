import { describe, expect, it } from 'vitest';
import type { IndicatorResult } from '#collector/indicators/indicator-result.ts';
import { compareResults, describePlace } from '#collector/periods/compare-results.ts';

function result(changes: Partial<IndicatorResult> = {}): IndicatorResult {
  const place = { indicatorId: 'antivirus', scope: 'agency', agencyCode: 'H47.02', level: 'department' } as const;
  const counts = { a: 2, b: 12, unknownCount: 9, agencyCount: 1, missingCount: 0, isProvisional: true };
  return { ...place, ...counts, coverage: undefined, ...changes };
}

describe('compareResults()', () => {
  it('finds nothing where everything is the same', () => {
    const coverage = { reportingCount: 1, registeredCount: 2 };
    expect(compareResults([result({ coverage })], [result({ coverage: { ...coverage } })])).toEqual([]);
  });

  it.each([
    { coverage: { reportingCount: 1, registeredCount: 2 } },
    { unknownCount: 8 },
    { missingCount: 1 },
    { agencyCount: 2 },
    { isProvisional: false },
  ])('lists a figure of which nothing but %o changed', (change) => {
    const { indicatorId, scope, agencyCode, level, ...before } = result();
    expect(compareResults([result()], [result(change)])).toEqual([
      { indicatorId, scope, agencyCode, level, before, after: { ...before, ...change } },
    ]);
  });

  it('tells changed, new and gone figures apart, the gone ones last', () => {
    const before = [result({ agencyCode: 'H47.01' }), result()];
    const after = [result({ a: 3 }), result({ agencyCode: 'H47.03' })];
    const place = { indicatorId: 'antivirus', scope: 'agency', level: 'department' };
    const { a, b, unknownCount, agencyCount, missingCount, coverage, isProvisional } = result();
    const counts = { a, b, unknownCount, agencyCount, missingCount, coverage, isProvisional };
    expect(compareResults(before, after)).toEqual([
      { ...place, agencyCode: 'H47.02', before: counts, after: { ...counts, a: 3 } },
      { ...place, agencyCode: 'H47.03', after: counts },
      { ...place, agencyCode: 'H47.01', before: counts },
    ]);
  });

  it('does not take an agency alone for the agency with what is below it', () => {
    const differences = compareResults([result()], [result({ scope: 'subtree' })]);
    expect(differences.map(describePlace)).toEqual(['antivirus of H47.02 (subtree)', 'antivirus of H47.02 (agency)']);
  });
});
