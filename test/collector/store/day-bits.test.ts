import { describe, expect, it } from 'vitest';
import { dayNumberOfDate } from '#collector/catalogues/viet-nam-time.ts';
import { bitsUpTo, newestDayOf, placeOfDay } from '#collector/store/day-bits.ts';

describe('placeOfDay()', () => {
  it.each(['1970-01-01', '2024-02-29', '2026-01-31', '2026-12-31', '2027-01-01'])('finds %s again', (date) => {
    const day = dayNumberOfDate(date);
    const { month, bit } = placeOfDay(day);
    expect(newestDayOf(month, bit)).toBe(day);
    expect(newestDayOf(month, bitsUpTo(bit))).toBe(day);
    expect(newestDayOf(month, bitsUpTo(bit) & ~bit)).toBe(bit === 1 ? undefined : day - 1);
  });

  it('counts months on over the end of a year', () => {
    const months = ['2026-12-31', '2027-01-01'].map((date) => placeOfDay(dayNumberOfDate(date)).month);
    expect(months).toEqual([24_323, 24_324]);
  });
});
