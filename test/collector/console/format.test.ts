import { describe, expect, it } from 'vitest';
import { formatPair, formatPercentage, formatQuotient } from '#collector/console/format.ts';

describe('formatPercentage()', () => {
  it.each([
    { a: 772, b: 3_421, vi: '22,57 %', en: '22.57 %' },
    { a: 1, b: 1, vi: '100,00 %', en: '100.00 %' },
    { a: 99_999, b: 100_000, vi: '99,99 %', en: '99.99 %' },
    { a: 0, b: 0, vi: '–', en: '–' },
  ])('prints $a of $b as $vi and $en', ({ a, b, vi, en }) => {
    expect([formatPercentage(a, b, 'vi'), formatPercentage(a, b, 'en')]).toEqual([vi, en]);
  });
});

describe('formatQuotient()', () => {
  it('prints two digits, and a dash without a denominator', () => {
    expect([formatQuotient(25, 20, 'vi'), formatQuotient(25, 0, 'vi')]).toEqual(['1,25', '–']);
  });
});

describe('formatPair()', () => {
  it('prints both counts as the language writes thousands', () => {
    expect([formatPair(772, 3_421, 'vi'), formatPair(772, 3_421, 'en')]).toEqual(['772/3.421', '772/3,421']);
  });
});
