import { describe, expect, it } from 'vitest';
import { baselineVersion } from '#collector/baselines/baseline.ts';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { CATALOGUES } from './judge-rule.ts';

describe('baselineVersion()', () => {
  it('is the same for the same data and another one for another threshold or catalogue', () => {
    const other = { ...DEFAULT_BASELINE, staleAfterMs: { default: 1 } };
    const versions = [
      baselineVersion(DEFAULT_BASELINE, CATALOGUES),
      baselineVersion(structuredClone(DEFAULT_BASELINE), CATALOGUES),
      baselineVersion(other, CATALOGUES),
      baselineVersion(DEFAULT_BASELINE, { ...CATALOGUES, version: 'other' }),
    ];
    expect([versions[0] === versions[1], new Set(versions).size]).toEqual([true, 3]);
  });
});
