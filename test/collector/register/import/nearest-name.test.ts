import { describe, expect, it } from 'vitest';
import { columnLetter } from '#collector/register/import/column-letter.ts';
import { nearestName } from '#collector/register/import/nearest-name.ts';
import { normalText } from '#collector/register/import/normal-text.ts';

describe('nearestName()', () => {
  it('gives the name with the fewest letters changed, and none when all differ much', () => {
    const names = ['so cbccvc', 'so may tinh', 'nguon'];
    expect(['so cbccv', 'so may tih', 'nguon goc', 'dien thoai'].map((text) => nearestName(text, names))).toEqual([
      'so cbccvc',
      'so may tinh',
      undefined,
      undefined,
    ]);
  });
});

describe('normalText()', () => {
  it('takes off case, accents, spaces and punctuation', () => {
    expect(normalText('  Mã  ĐỊNH danh (*) ')).toBe('ma dinh danh');
  });
});

describe('columnLetter()', () => {
  it('counts as Excel does', () => {
    expect([0, 25, 26, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });
});
