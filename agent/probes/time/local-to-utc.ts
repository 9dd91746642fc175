/** Parts of a wall-clock time as logs print it: year, month (1 to 12), day, hour, minute, second. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The zone a machine's clock shows. */
export interface ClockZone {
  /** How far it is always ahead of UTC, milliseconds; absent where summer time comes and goes, or when not known. */
  readonly fixedOffsetMs?: number;
  /** IANA name; absent when not known. */
  readonly name?: string;
}

const MINUTE_MS = 60_000;

/**
 * Finds the instant of a wall-clock time without an offset, epoch milliseconds.
 *
 * An hour that a change of summer time repeats or skips is read with one of its two offsets. A zone of which nothing
 * is known, and a name this runtime does not know, is UTC, as libc has it.
 */
export function localToUtcMs(clock: WallClock, zone: ClockZone): number {
  const { year, month, day, hour, minute, second } = clock;
  const asUtcMs = Date.UTC(year, month - 1, day, hour, minute, second);
  if (zone.fixedOffsetMs !== undefined) return asUtcMs - zone.fixedOffsetMs;
  if (zone.name === undefined) return asUtcMs;
  const guessMs = asUtcMs - offsetMs(asUtcMs, zone.name);
  return asUtcMs - offsetMs(guessMs, zone.name);
}

/**
 * Reads how far `/etc/localtime` is always ahead of UTC, milliseconds, from the line a TZif file ends with (RFC 8536
 * section 3.3): `<+07>-7`, where the sign is turned round. Undefined when the line has summer time in it, or is missing.
 *
 * It spares the runtime's own time zones, which take longer to load than everything else the probe does.
 */
export function parseFixedOffset(tzif: string): number | undefined {
  const rule = /\n(?:<[^>\n]+>|[A-Za-z]{3,})([+-]?)(\d{1,2})(?::(\d{2}))?\n$/.exec(tzif);
  if (rule === null) return undefined;
  const [, sign, hours, minutes = '0'] = rule;
  const behindMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return sign === '-' ? behindMs : 0 - behindMs;
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
