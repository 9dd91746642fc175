import type { ClockSync } from './clock-sync.ts';

/** Reference ids that are states and not servers (RFC 5905, kiss codes and start states of ntpd). */
const NO_SOURCE = new Set(['INIT', 'STEP', 'XFAC', 'RATE', 'DENY', 'RSTR']);

/**
 * Reads `name=value` pairs that `ntpq -n -c 'rv 0 leap,stratum,refid,offset'` prints, divided by commas and line ends.
 *
 * `leap` 11 (or 3) means not synchronised; `offset` is the correction the clock needs, in milliseconds, so a clock
 * that is ahead has a negative one there and a positive one here. Undefined when there is no `leap`.
 */
export function parseNtpqVariables(text: string): ClockSync | undefined {
  const pairs = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/(\w+)=("[^"]*"|[^,\s]*)/g)) {
    if (name !== undefined && value !== undefined) pairs.set(name, value.replaceAll('"', ''));
  }
  const leap = pairs.get('leap');
  if (leap === undefined) return undefined;
  const isSynchronised = leap !== '11' && leap !== '3';
  const source = pairs.get('refid') ?? '';
  const correctionMs = Number(pairs.get('offset') || 'NaN');
  return {
    ...(source === '' || NO_SOURCE.has(source) ? {} : { source: source.slice(0, 128) }),
    isSynchronised,
    ...(isSynchronised && Number.isFinite(correctionMs)
      ? { offsetSeconds: Math.round(-correctionMs / 1_000) + 0 }
      : {}),
  };
}
