import { describe, expect, it } from 'vitest';
import { ageingCalendar, pausedDays, pausesOf } from '#collector/catalogues/ageing-calendar.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { dayNumberOfDate } from '#collector/catalogues/viet-nam-time.ts';
import { isWorkingDay } from '#collector/catalogues/working-days.ts';

const { calendar } = loadCatalogues();

/** An instant in Viet Nam. */
function at(text: string): number {
  return Date.parse(`${text}:00+07:00`);
}

function away(from: string, to: string) {
  return { fromMs: at(from), toMs: at(to) };
}

describe('pausedDays()', () => {
  it.each([
    {
      when: 'two hours in office hours',
      absences: [away('2026-03-02T09:00', '2026-03-02T11:00')],
      want: ['2026-03-02'],
    },
    { when: 'less than two hours', absences: [away('2026-03-02T09:00', '2026-03-02T10:59')], want: [] },
    { when: 'a night', absences: [away('2026-03-02T17:00', '2026-03-03T07:00')], want: [] },
    {
      when: 'only its end in office hours',
      absences: [away('2026-03-02T20:00', '2026-03-03T09:00')],
      want: ['2026-03-03'],
    },
    {
      when: 'two short times of one day together',
      absences: [away('2026-03-02T08:00', '2026-03-02T09:00'), away('2026-03-02T15:00', '2026-03-02T16:00')],
      want: ['2026-03-02'],
    },
    {
      when: 'three days',
      absences: [away('2026-03-02T16:30', '2026-03-05T08:00')],
      want: ['2026-03-03', '2026-03-04'],
    },
  ])('takes out the days of $when', ({ absences, want }) => {
    expect(pausedDays(calendar, absences)).toEqual(want.map(dayNumberOfDate));
  });
});

describe('ageingCalendar()', () => {
  it('makes a day without a collector no working day and says which', () => {
    const paused = ageingCalendar(calendar, [away('2026-03-03T07:00', '2026-03-03T17:00')]);
    const day = dayNumberOfDate('2026-03-03');
    expect([isWorkingDay(day, calendar), isWorkingDay(day, paused)]).toEqual([true, false]);
    expect(pausesOf(calendar, paused)).toBe(String(day));
  });

  it('is the calendar itself when nothing is taken out', () => {
    expect(ageingCalendar(calendar, [away('2026-03-02T20:00', '2026-03-03T06:00')])).toBe(calendar);
  });
});
