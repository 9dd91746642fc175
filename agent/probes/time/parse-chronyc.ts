import type { ClockSync } from './clock-sync.ts';

/** Columns of `chronyc -c tracking`, counted from 0, as chronyc(1) lists the lines of `tracking`. */
const COLUMNS = { referenceName: 1, systemOffset: 4, leapStatus: 13 } as const;

/** Reference ids chrony prints when it follows nothing: not yet, or its own clock (`local`). */
const NO_SOURCE = new Set(['', '0.0.0.0', '127.127.1.1']);

/**
 * Reads the one line of `chronyc -n -c tracking`; undefined when it is not of that form.
 *
 * chrony counts a slow clock as positive; here a clock that is ahead is positive.
 */
export function parseChronycTracking(text: string): ClockSync | undefined {
  const columns = (text.split(/\r?\n/)[0] ?? '').split(',');
  const leapStatus = columns[COLUMNS.leapStatus];
  if (leapStatus === undefined) return undefined;
  const reference = columns[COLUMNS.referenceName] ?? '';
  const slowSeconds = Number(columns[COLUMNS.systemOffset] || 'NaN');
  const isSynchronised = leapStatus !== 'Not synchronised';
  return {
    ...(NO_SOURCE.has(reference) ? {} : { source: reference.slice(0, 128) }),
    isSynchronised,
    // Without a source chrony prints 0, which is no measurement.
    ...(isSynchronised && Number.isFinite(slowSeconds) ? { offsetSeconds: Math.round(-slowSeconds) + 0 } : {}),
  };
}
