import { SLOT_MS } from '#shared/protocol.ts';
import { dayNumber, dayStartMs, isoDateOf } from '../catalogues/viet-nam-time.ts';
import type { NetworkDay } from '../store/network-day-store.ts';
import type { NetworkSlots } from '../store/network-results.ts';
import { SLOTS_PER_DAY } from '../store/slot-set.ts';

/** What an agency saw of a network on one calendar day. */
export interface CountedDay {
  /** `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly date: string;
  /** Slots in which a PC of the agency was on, those of them with a success, and those a beacon signed for. */
  readonly slotsOn: number;
  readonly slotsReached: number;
  readonly slotsVerified: number;
}

/**
 * Counts the slots of a window by the days of Viet Nam it touches, so that the days add up to the window; pure.
 *
 * @param days of one agency and network, by days in UTC
 * @returns oldest first, the first one as far as it lies in the window
 */
export function countDays(
  days: readonly Pick<NetworkDay, 'day' | 'on' | 'reached' | 'verified'>[],
  { first, end }: Pick<NetworkSlots, 'first' | 'end'>,
  nowMs: number,
): readonly CountedDay[] {
  const firstDay = dayNumber(first * SLOT_MS);
  const lastDay = dayNumber(nowMs);
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => {
    const day = firstDay + index;
    const from = Math.max(first, Math.floor(dayStartMs(day) / SLOT_MS));
    // Clocks of machines may run ahead of this one: what lies after now is of the last day.
    const to = day === lastDay ? end : Math.floor(dayStartMs(day + 1) / SLOT_MS);
    const count = (kind: 'on' | 'reached' | 'verified') =>
      days.reduce((sum, one) => {
        const start = one.day * SLOTS_PER_DAY;
        return sum + one[kind].countFrom(from - start) - one[kind].countFrom(to - start);
      }, 0);
    return {
      date: isoDateOf(dayStartMs(day)),
      slotsOn: count('on'),
      slotsReached: count('reached'),
      slotsVerified: count('verified'),
    };
  });
}
