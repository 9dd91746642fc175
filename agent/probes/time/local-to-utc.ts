/** Parts of a wall-clock time as logs print it: year, month (1 to 12), day, hour, minute, second. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Zones that are UTC under another name; also what libc uses on a machine that has none set. */
const UTC_NAMES = new Set(['UTC', 'Etc/UTC', 'Etc/UCT', 'UCT', 'Zulu', 'Etc/Zulu', 'Universal', 'Etc/Universal']);
const MINUTE_MS = 60_000;

/**
 * Finds the instant of a wall-clock time without an offset, epoch milliseconds.
 *
 * An hour that a change of summer time repeats or skips is read with one of its two offsets. No zone, and one this
 * runtime does not know, is UTC.
 */
export function localToUtcMs(clock: WallClock, timeZone: string | undefined): number {
  const { year, month, day, hour, minute, second } = clock;
  const asUtcMs = Date.UTC(year, month - 1, day, hour, minute, second);
  if (timeZone === undefined || UTC_NAMES.has(timeZone)) return asUtcMs;
  const guessMs = asUtcMs - offsetMs(asUtcMs, timeZone);
  return asUtcMs - offsetMs(guessMs, timeZone);
}

/** How far the zone is ahead of UTC at an instant, from the text `GMT+07:00`. */
function offsetMs(instantMs: number, timeZone: string): number {
  const parts = formatterOf(timeZone)?.formatToParts(instantMs) ?? [];
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE_MS;
  return sign === '-' ? -ahead : ahead;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}
