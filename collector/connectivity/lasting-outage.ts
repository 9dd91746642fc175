import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkDay } from '../store/network-day-store.ts';
import { SLOTS_PER_DAY } from '../store/slot-set.ts';

/**
 * Begin of the outage that lasts, as findOutages() has it, without looking at anything before the newest success; pure.
 *
 * @param days of one agency and network, oldest first
 * @param slots number of the first slot behind the newest success, or the first one that is looked at when there was
 * none, and of the first one behind the window; slots since 1970
 * @returns epoch milliseconds; undefined when nobody tried since
 */
export function lastingOutageStartMs(
  days: readonly Pick<NetworkDay, 'day' | 'on'>[],
  slots: { readonly from: number; readonly end: number },
): number | undefined {
  for (const { day, on } of days) {
    const dayStart = day * SLOTS_PER_DAY;
    const end = Math.min(SLOTS_PER_DAY, slots.end - dayStart);
    for (let slot = Math.max(0, slots.from - dayStart); slot < end; slot += 1) {
      if (on.has(slot)) return (dayStart + slot) * SLOT_MS;
    }
  }
  return undefined;
}
