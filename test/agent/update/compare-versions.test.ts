import { describe, expect, it } from 'vitest';
import { compareVersions, isVersion } from '#agent/update/compare-versions.ts';

describe('compareVersions()', () => {
  it.each([
    ['0.1.0', '0.1.0', 0],
    ['0.1.0', '0.2.0', -1],
    ['0.10.0', '0.9.9', 1],
    ['1.0.0', '0.999999.999999', 1],
    ['2.0.9', '2.0.10', -1],
  ])('puts %s against %s by numbers', (first, second, sign) => {
    expect(Math.sign(compareVersions(first, second))).toBe(sign);
  });

  it('refuses what is no version', () => {
    expect(() => compareVersions('1.0', '1.0.0')).toThrow(
      new RangeError('Cannot compare a version: current value is "1.0"'),
    );
  });
});

describe('isVersion()', () => {
  it.each(['1.0', '01.0.0', '1.0.0-beta', '1.0.0+5', 'v1.0.0', '', '1.0.0\n', '9999999.0.0'])(
    'is false for %j',
    (text) => {
      expect(isVersion(text)).toBe(false);
    },
  );
});
