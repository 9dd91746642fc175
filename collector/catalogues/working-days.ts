import { DAY_MS, dayNumber, dayStartMs } from './viet-nam-time.ts';

/** Which days the agencies work, as day numbers of viet-nam-time.ts. */
export interface Calendar {
  /** Days of the week without work, 0 = Sunday … 6 = Saturday. */
  readonly weekendDays: ReadonlySet<number>;
  /** Public holidays as day numbers. */
  readonly holidays: ReadonlySet<number>;
  /** Hours in which PCs are on, in milliseconds since midnight. */
  readonly officeHours: { readonly fromMs: number; readonly toMs: number };
}

/** Longest walk in days, so that a calendar without any working day cannot hang the collector. */
const MAX_WALK_DAYS = 3_660;

/** Tells whether a day (see {@link dayNumber}) is neither weekend nor holiday. */
export function isWorkingDay(day: number, calendar: Calendar): boolean {
  // 1970-01-01, day 0, was a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7;
  return !calendar.weekendDays.has(weekday) && !calendar.holidays.has(day);
}

/**
 * Goes back over `count` working days and gives that instant, epoch milliseconds.
 *
 * Working time passes on working days only, all 24 hours of them, in the zone Asia/Ho_Chi_Minh: one working day before
 * Monday 08:00 is Friday 08:00. A machine whose newest report is older has been quiet for more than `count` working days.
 */
export function workingDaysBefore(nowMs: number, count: number, calendar: Calendar): number {
  let leftMs = count * DAY_MS;
  let atMs = nowMs;
  for (let walked = 0; leftMs > 0 && walked < MAX_WALK_DAYS; walked += 1) {
    const day = dayNumber(atMs - 1);
    const startMs = dayStartMs(day);
    if (!isWorkingDay(day, calendar)) {
      atMs = startMs;
      continue;
    }
    const stepMs = Math.min(leftMs, atMs - startMs);
    leftMs -= stepMs;
    atMs -= stepMs;
  }
  return atMs;
}

/**
 * Goes forward over `count` working days and gives the last instant up to which no more than that has passed, epoch
 * milliseconds: one working day after Friday 08:00 is Monday 08:00.
 */
export function workingDaysAfter(fromMs: number, count: number, calendar: Calendar): number {
  let leftMs = count * DAY_MS;
  let atMs = fromMs;
  for (let walked = 0; walked < MAX_WALK_DAYS; walked += 1) {
    const day = dayNumber(atMs);
    const endMs = dayStartMs(day + 1);
    if (!isWorkingDay(day, calendar)) {
      atMs = endMs;
      continue;
    }
    if (leftMs < endMs - atMs) return atMs + leftMs;
    leftMs -= endMs - atMs;
    atMs = endMs;
  }
  return atMs;
}
