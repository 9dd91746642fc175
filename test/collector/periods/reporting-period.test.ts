import { describe, expect, it } from 'vitest';
import { hasEnded, parsePeriod, periodEndMs, periodName, periodsOfYear } from '#collector/periods/reporting-period.ts';

describe('parsePeriod()', () => {
  it.each([
    { id: '2026-02', kind: 'month', firstDay: '2026-02-01', lastDay: '2026-02-28' },
    { id: '2028-02', kind: 'month', firstDay: '2028-02-01', lastDay: '2028-02-29' },
    { id: '2026-Q3', kind: 'quarter', firstDay: '2026-07-01', lastDay: '2026-09-30' },
    { id: '2026-Q4', kind: 'quarter', firstDay: '2026-10-01', lastDay: '2026-12-31' },
    { id: '2026', kind: 'year', firstDay: '2026-01-01', lastDay: '2026-12-31' },
  ])('reads $id as $firstDay to $lastDay', (period) => {
    expect(parsePeriod(period.id)).toEqual(period);
  });

  it.each(['', '2026-13', '2026-00', '2026-Q5', '1999', '2026-7', '2026-q3', '2026-Q3 ', "2026'--"])(
    'refuses "%s"',
    (text) => {
      expect(() => parsePeriod(text)).toThrow(expect.objectContaining({ code: 'PERIOD_INVALID' }));
    },
  );
});

describe('hasEnded()', () => {
  it('becomes true at midnight in Viet Nam, which is 17:00 UTC', () => {
    const endMs = Date.parse('2026-09-30T17:00:00Z');
    const period = parsePeriod('2026-Q3');
    expect(periodEndMs(period)).toBe(endMs);
    expect([hasEnded(period, endMs - 1), hasEnded(period, endMs)]).toEqual([false, true]);
  });
});

describe('periodsOfYear()', () => {
  it('lists months before their quarter and the year last', () => {
    const ids = periodsOfYear(2026).map(({ id }) => id);
    expect(ids.slice(0, 5)).toEqual(['2026-01', '2026-02', '2026-03', '2026-Q1', '2026-04']);
    expect(ids.slice(-3)).toEqual(['2026-12', '2026-Q4', '2026']);
    expect(ids).toHaveLength(17);
  });
});

describe('periodName()', () => {
  it.each([
    { id: '2026-07', vi: 'tháng 7/2026', en: 'July 2026' },
    { id: '2026-Q3', vi: 'quý III/2026', en: 'Q3 2026' },
    { id: '2026', vi: 'năm 2026', en: '2026' },
  ])('names $id in both languages', ({ id, vi, en }) => {
    expect([periodName(parsePeriod(id), 'vi'), periodName(parsePeriod(id), 'en')]).toEqual([vi, en]);
  });
});
