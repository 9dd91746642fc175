import { DAY_MS } from '../catalogues/viet-nam-time.ts';
import type { Absence } from '../store/absence-store.ts';

/** A clock that is ahead by more than this, in milliseconds, would forget what should still be kept. */
const LEAP_MS = 30 * DAY_MS;

/** Signs of life, minute by minute, after which the clock is believed again, in milliseconds. */
const STEADY_MS = DAY_MS;

/** What tells whether the wall clock may be ahead. */
export interface ClockSigns {
  /** Times without a sign of life of a collector, oldest first; a leap of the clock looks like one. */
  readonly absences: readonly Absence[];
  /** The newest sign of life of a collector, epoch milliseconds; undefined when there never was one. */
  readonly lastBeatMs: number | undefined;
  /** Clocks of the machines that reported last, minus that of the collector, milliseconds. */
  readonly machineOffsetsMs: readonly number[];
}

/** Why the wall clock is not believed. */
export type ClockDoubt =
  | { readonly reason: 'clock-leapt'; readonly fromMs: number; readonly toMs: number; readonly steadyMs: number }
  | { readonly reason: 'machines-behind'; readonly offsetMs: number };

/**
 * Tells whether the clock may have leapt ahead, so that nothing should be forgotten by it now; pure.
 *
 * A leap is an absence of more than 30 days, also one in which the collector was really off: nobody can tell the two
 * apart, and a day of steady signs of life is cheap. What was off again meanwhile does not count for that day. Most of
 * the machines that reported last saying another month is a reason of its own, for a collector that began with a wrong
 * clock; one machine with an empty battery is none.
 *
 * @returns undefined when the clock is believed
 */
export function clockDoubt(
  { absences, lastBeatMs, machineOffsetsMs }: ClockSigns,
  nowMs: number,
): ClockDoubt | undefined {
  if (lastBeatMs !== undefined && nowMs - lastBeatMs > LEAP_MS) {
    return { reason: 'clock-leapt', fromMs: lastBeatMs, toMs: nowMs, steadyMs: 0 };
  }
  const leap = absences.findLast(({ fromMs, toMs }) => toMs - fromMs > LEAP_MS);
  if (leap !== undefined) {
    const later = absences.filter(({ fromMs }) => fromMs >= leap.toMs);
    const awayMs = later.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    const steadyMs = nowMs - leap.toMs - awayMs;
    if (steadyMs < STEADY_MS) return { reason: 'clock-leapt', ...leap, steadyMs };
  }
  const sorted = machineOffsetsMs.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)];
  return median === undefined || median >= -LEAP_MS ? undefined : { reason: 'machines-behind', offsetMs: median };
}
