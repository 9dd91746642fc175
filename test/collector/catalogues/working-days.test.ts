import { describe, expect, it } from 'vitest';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { dayNumberOfDate } from '#collector/catalogues/viet-nam-time.ts';
import { isWorkingDay, workingDaysAfter, workingDaysBefore } from '#collector/catalogues/working-days.ts';

const { calendar } = loadCatalogues();
const iso = (ms: number) => new Date(ms).toISOString();

const before = [
  { from: '2026-11-20T01:00:00Z', count: 1, want: '2026-11-19T01:00:00.000Z', when: 'Friday' },
  { from: '2026-11-23T01:00:00Z', count: 1, want: '2026-11-20T01:00:00.000Z', when: 'Monday, over the weekend' },
  { from: '2026-11-22T05:00:00Z', count: 1, want: '2026-11-19T17:00:00.000Z', when: 'Sunday: Friday whole' },
  { from: '2026-11-23T01:00:00Z', count: 5, want: '2026-11-16T01:00:00.000Z', when: 'Monday, a week' },
  { from: '2026-02-23T01:00:00Z', count: 1, want: '2026-02-13T01:00:00.000Z', when: 'Monday after Tết' },
  { from: '2026-05-04T01:00:00Z', count: 1, want: '2026-04-29T01:00:00.000Z', when: 'Monday after 30/4 and 1/5' },
  { from: '2026-11-20T01:00:00Z', count: 0, want: '2026-11-20T01:00:00.000Z', when: 'nothing to go back' },
];

describe('workingDaysBefore()', () => {
  it.each(before)('goes back $count from $from to $want ($when)', ({ from, count, want }) => {
    expect(iso(workingDaysBefore(Date.parse(from), count, calendar))).toBe(want);
  });

  it('ends on a calendar without any working day', () => {
    const never = {
      weekendDays: new Set([0, 1, 2, 3, 4, 5, 6]),
      holidays: new Set<number>(),
      officeHours: { fromMs: 0, toMs: 1 },
    };
    expect(workingDaysBefore(Date.parse('2026-11-20T01:00:00Z'), 1, never)).toBeLessThan(Date.parse('2017-01-01'));
  });
});

const after = [
  { from: '2026-11-20T01:00:00Z', count: 1, want: '2026-11-23T01:00:00.000Z', when: 'Friday' },
  { from: '2026-11-21T05:00:00Z', count: 1, want: '2026-11-23T17:00:00.000Z', when: 'Saturday: Monday whole' },
  { from: '2026-02-13T01:00:00Z', count: 1, want: '2026-02-23T01:00:00.000Z', when: 'Friday before Tết' },
];

describe('workingDaysAfter()', () => {
  it.each(after)('goes forward $count from $from to $want ($when)', ({ from, count, want }) => {
    expect(iso(workingDaysAfter(Date.parse(from), count, calendar))).toBe(want);
  });

  it('undoes workingDaysBefore() from any hour of a working day', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => Date.parse('2026-11-18T17:30:00Z') + hour * 3_600_000);
    expect(hours.map((ms) => workingDaysAfter(workingDaysBefore(ms, 7, calendar), 7, calendar))).toEqual(hours);
  });
});

describe('isWorkingDay()', () => {
  it('knows weekend, fixed and dated holidays', () => {
    const dates = ['2026-11-20', '2026-11-21', '2026-11-22', '2027-09-02', '2026-02-18'];
    expect(dates.map((date) => isWorkingDay(dayNumberOfDate(date), calendar))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
