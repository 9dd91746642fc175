import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkDay } from '../store/network-day-store.ts';
import type { NewestReceipt } from '../store/receipt-store.ts';
import { SLOTS_PER_DAY } from '../store/slot-set.ts';

/** Slots that the clocks of a machine and its beacon may lie apart: verifyReceipt() allows ten minutes. */
const APART_SLOTS = 2;

/**
 * Tells whether a receipt is among what an agency counts: whether a slot near it was verified by the same key; pure. It
 * is not when its machine stood elsewhere, belonged to another agency then, or when the days do not go back so far.
 *
 * @param days of the agency and the network of the receipt
 */
export function isCounted(
  { atMs, kid }: Pick<NewestReceipt, 'atMs' | 'kid'>,
  days: readonly Pick<NetworkDay, 'day' | 'verifiedBy'>[],
): boolean {
  const slot = Math.floor(atMs / SLOT_MS);
  return days.some(({ day, verifiedBy }) => {
    const slots = verifiedBy.get(kid);
    if (slots === undefined) return false;
    const place = slot - day * SLOTS_PER_DAY;
    for (let near = place - APART_SLOTS; near <= place + APART_SLOTS; near += 1) {
      if (near >= 0 && near < SLOTS_PER_DAY && slots.has(near)) return true;
    }
    return false;
  });
}
