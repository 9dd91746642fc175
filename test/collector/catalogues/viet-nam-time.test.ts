import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayNumber,
  dayNumberOfDate,
  dayStartMs,
  formatDate,
  formatDateTime,
  isoDateOf,
} from '#collector/catalogues/viet-nam-time.ts';

describe('days of Viet Nam', () => {
  it('begin at 17:00 UTC of the day before', () => {
    const day = dayNumberOfDate('2026-11-22');
    const startMs = Date.parse('2026-11-21T17:00:00Z');
    expect([dayStartMs(day), dayNumber(startMs), dayNumber(startMs - 1)]).toEqual([startMs, day, day - 1]);
  });

  it('are printed as dd/MM/yyyy, with HH:mm before', () => {
    const atMs = Date.parse('2026-11-21T17:05:00Z');
    expect([formatDate(atMs), formatDateTime(atMs)]).toEqual(['22/11/2026', '00:05 22/11/2026']);
  });

  it('are dates that can be counted on, over months and leap days', () => {
    expect(isoDateOf(Date.parse('2026-11-21T17:00:00Z'))).toBe('2026-11-22');
    expect([addDays('2025-07-01', -1), addDays('2024-02-28', 1), addDays('2026-12-31', 1)]).toEqual([
      '2025-06-30',
      '2024-02-29',
      '2027-01-01',
    ]);
  });
});
