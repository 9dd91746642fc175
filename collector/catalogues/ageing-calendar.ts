import { DAY_MS, dayNumber, dayStartMs } from './viet-nam-time.ts';
import type { Calendar } from './working-days.ts';

/** Absence within the office hours of a day that makes it no working day, in milliseconds. */
const LONG_AWAY_MS = 2 * 3_600_000;

/** Most days of one absence that are looked at: older ones cannot matter to anything that still ages. */
const MAX_ABSENCE_DAYS = 3_660;

/** A time in which no collector took reports, epoch milliseconds. */
interface Away {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The calendar by which silence ages: a day on which the collector itself was away for two hours or more within office
 * hours is no working day, since a PC that was on then had nobody to report to; pure.
 */
export function ageingCalendar(calendar: Calendar, absences: readonly Away[]): Calendar {
  const paused = pausedDays(calendar, absences);
  return paused.length === 0 ? calendar : { ...calendar, holidays: new Set([...calendar.holidays, ...paused]) };
}

/** Days (dayNumber of viet-nam-time.ts) that absences take out of ageing, ascending; pure. */
export function pausedDays({ officeHours }: Calendar, absences: readonly Away[]): readonly number[] {
  const awayMs = new Map<number, number>();
  for (const { fromMs, toMs } of absences) {
    const lastDay = dayNumber(toMs);
    for (let day = Math.max(dayNumber(fromMs), lastDay - MAX_ABSENCE_DAYS); day <= lastDay; day += 1) {
      const startMs = dayStartMs(day);
      const from = Math.max(fromMs, startMs + officeHours.fromMs);
      const to = Math.min(toMs, startMs + Math.min(officeHours.toMs, DAY_MS));
      if (to > from) awayMs.set(day, (awayMs.get(day) ?? 0) + to - from);
    }
  }
  return [...awayMs]
    .filter(([, ms]) => ms >= LONG_AWAY_MS)
    .map(([day]) => day)
    .toSorted((a, b) => a - b);
}

/** The days that ageing leaves out beside the calendar, as text: another one means that verdicts may differ. */
export function pausesOf(shipped: Calendar, now: Calendar): string {
  return [...now.holidays].filter((day) => !shipped.holidays.has(day)).join(' ');
}
