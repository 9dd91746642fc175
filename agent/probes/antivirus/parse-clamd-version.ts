import { ENGLISH_MONTHS } from './english-months.ts';

/** What clamd says of itself and of the daily signatures it has loaded. */
export interface ClamdVersion {
  readonly engine: string;
  /** Number of the daily database; absent when none is loaded. */
  readonly databaseVersion?: number;
  /**
   * The clock time of the daily database as clamd prints it, read as if it were UTC, epoch milliseconds. It is local
   * time of the zone clamd runs in, which the answer does not name.
   */
  readonly databaseLocalMs?: number;
}

/**
 * Reads the answer to VERSION (clamd(8)): `ClamAV 1.0.7/27500/Mon Nov 18 09:31:02 2026`, or the first part alone when
 * no daily database is loaded; a NUL or a newline ends it.
 *
 * @returns undefined when the text is not an answer of clamd
 */
export function parseClamdVersion(answer: string): ClamdVersion | undefined {
  const [, engine, version, date] =
    /^ClamAV ([^/\s\0]{1,64})(?:\/([0-9]{1,9})\/([^\n\0]{1,64}))?[\n\0]*$/.exec(answer) ?? [];
  if (engine === undefined) return undefined;
  const databaseLocalMs = parseAsctime(date ?? '');
  return {
    engine,
    ...(version === undefined ? {} : { databaseVersion: Number(version) }),
    ...(databaseLocalMs === undefined ? {} : { databaseLocalMs }),
  };
}

function parseAsctime(text: string): number | undefined {
  const [, monthName = '', day, hour, minute, second, year] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([0-9]{4})$/.exec(text) ?? [];
  const month = ENGLISH_MONTHS.indexOf(monthName);
  if (month < 0) return undefined;
  return Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
}
