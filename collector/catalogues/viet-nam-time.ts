/** Length of a day, in milliseconds; the zone has no daylight saving, so every day is this long. */
export const DAY_MS = 86_400_000;

/** Asia/Ho_Chi_Minh is UTC+7 all year since 1975 (IANA tz database). */
const OFFSET_MS = 7 * 3_600_000;

/** Number of the calendar day in Asia/Ho_Chi_Minh that holds an instant; 0 is 1970-01-01. */
export function dayNumber(atMs: number): number {
  return Math.floor((atMs + OFFSET_MS) / DAY_MS);
}

/** First instant of a calendar day in Asia/Ho_Chi_Minh, epoch milliseconds. */
export function dayStartMs(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

/** Number of the calendar day of a date `yyyy-mm-dd`; NaN when it is no date. */
export function dayNumberOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The calendar day in Asia/Ho_Chi_Minh that holds an instant, as `yyyy-mm-dd`. */
export function isoDateOf(atMs: number): string {
  return localIsoText(atMs).slice(0, 10);
}

/** The wall time of an instant in Asia/Ho_Chi_Minh, as `yyyy-mm-ddTHH:mm:ss`. */
export function isoDateTimeOf(atMs: number): string {
  return localIsoText(atMs).slice(0, 19);
}

/** The date some days after (or before, when negative) a date `yyyy-mm-dd`. */
export function addDays(date: string, dayCount: number): string {
  return isoDateOf(dayStartMs(dayNumberOfDate(date) + dayCount));
}

/** Prints the day of an instant in Asia/Ho_Chi_Minh as `dd/MM/yyyy`, whatever the zone of the machine. */
export function formatDate(atMs: number): string {
  return printDate(isoDateOf(atMs));
}

/** Prints a date `yyyy-mm-dd` as `dd/MM/yyyy`. */
export function printDate(date: string): string {
  return date.split('-').toReversed().join('/');
}

/** Prints an instant in Asia/Ho_Chi_Minh as `HH:mm dd/MM/yyyy`. */
export function formatDateTime(atMs: number): string {
  return `${localIsoText(atMs).slice(11, 16)} ${formatDate(atMs)}`;
}

function localIsoText(atMs: number): string {
  return new Date(atMs + OFFSET_MS).toISOString();
}
