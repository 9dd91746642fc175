import { DAY_MS, dayStartMs, isoDateOf } from '../catalogues/viet-nam-time.ts';

/** Where a day lies in the sets of days by month. */
export interface DayPlace {
  /** 12 times the year plus the month from 0, so that months can be compared and subtracted. */
  readonly month: number;
  /** The day's own bit: 1 for the first of the month. */
  readonly bit: number;
}

/** Where a day (see `dayNumber` of viet-nam-time.ts) lies. */
export function placeOfDay(day: number): DayPlace {
  const [year = 0, month = 0, dayOfMonth = 0] = isoDateOf(dayStartMs(day)).split('-').map(Number);
  return { month: year * 12 + month - 1, bit: 2 ** (dayOfMonth - 1) };
}

/** The bits of a month up to and including one of them. */
export function bitsUpTo(bit: number): number {
  return bit * 2 - 1;
}

/** The newest day of a set, as a day number; undefined when the set is empty. */
export function newestDayOf(month: number, bits: number): number | undefined {
  if (bits === 0) return undefined;
  const firstDay = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS;
  return firstDay + 31 - Math.clz32(bits);
}

/** The oldest day of a set, as a day number; undefined when the set is empty. */
export function oldestDayOf(month: number, bits: number): number | undefined {
  return newestDayOf(month, bits & -bits);
}
