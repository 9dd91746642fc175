import { ENGLISH_MONTHS } from './english-months.ts';

/** The head of a ClamAV database file. */
export interface ClamavHeader {
  readonly version: number;
  /** When it was built, epoch milliseconds. */
  readonly builtAtMs: number;
}

/** Length of the head of a `.cvd`, `.cld` or `.cud` file, in bytes. */
export const CLAMAV_HEADER_BYTES = 512;

/**
 * Reads the head of a database file, `ClamAV-VDB:build time:version:signatures:level:MD5:signature:builder:seconds`
 * padded with blanks (ClamAV manual, "Signatures", chapter "CVD format").
 *
 * The last field is the build time in seconds since 1970. Old files lack it; then the first one is read,
 * `18 Nov 2026 04-30 -0500`, which is exact to the minute.
 *
 * @returns undefined when the text is no such head, or its time is not one
 */
export function parseClamavHeader(text: string): ClamavHeader | undefined {
  const fields = text.slice(0, CLAMAV_HEADER_BYTES).trimEnd().split(':');
  const [magic, buildTime = '', version = '', , , , , , seconds = ''] = fields;
  if (magic !== 'ClamAV-VDB' || !/^[0-9]{1,9}$/.test(version)) return undefined;
  const builtAtMs = /^[1-9][0-9]{8,9}$/.test(seconds) ? Number(seconds) * 1_000 : parseBuildTime(buildTime);
  return builtAtMs === undefined ? undefined : { version: Number(version), builtAtMs };
}

function parseBuildTime(text: string): number | undefined {
  const [, day, monthName = '', year, hour, minute, sign, zoneHours, zoneMinutes] =
    /^([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2})-([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})$/.exec(text) ?? [];
  const month = ENGLISH_MONTHS.indexOf(monthName);
  if (month < 0) return undefined;
  const localMs = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute));
  const offsetMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return sign === '-' ? localMs + offsetMs : localMs - offsetMs;
}
