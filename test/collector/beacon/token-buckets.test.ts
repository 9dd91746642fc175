import { describe, expect, it } from 'vitest';
import { TokenBuckets } from '#collector/beacon/token-buckets.ts';

describe('TokenBuckets', () => {
  it('gives a burst, then as much as comes back', () => {
    const buckets = new TokenBuckets({ burst: 3, perSecond: 2, maxCount: 10 });
    expect([1, 2, 3].map(() => buckets.take('a', 0))).toEqual([0, 0, 0]);
    expect(buckets.take('a', 0)).toBe(500);
    expect(buckets.take('a', 500)).toBe(0);
    expect(buckets.take('a', 500)).toBe(500);
    expect(buckets.take('b', 500)).toBe(0);
  });

  it('never saves up more than the burst', () => {
    const buckets = new TokenBuckets({ burst: 2, perSecond: 1, maxCount: 10 });
    buckets.take('a', 0);
    expect([1, 2, 3].map(() => buckets.take('a', 3_600_000))).toEqual([0, 0, 1_000]);
  });

  it('forgets who asked longest ago when there are too many', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1, maxCount: 2 });
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key, 0);
    expect(buckets.size).toBe(2);
    expect([buckets.take('a', 0), buckets.take('b', 0)]).toEqual([1_000, 0]);
  });
});
