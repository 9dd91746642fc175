import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkDay } from '../store/network-day-store.ts';
import { SLOTS_PER_DAY } from '../store/slot-set.ts';

/** A time in which no PC of an agency reached a network. */
export interface Outage {
  /** Begin of the first slot with nothing but failures, epoch milliseconds. */
  readonly startMs: number;
  /** Begin of the next slot with a success, epoch milliseconds; absent while it lasts. */
  readonly endMs?: number;
  /** Slots in which PCs tried and only failed. */
  readonly downSlotCount: number;
  /**
   * Slots inside it in which nobody was on, up to its end or, while it lasts, up to the newest failure: the network may
   * have been there, and nobody knows.
   */
  readonly unknownSlotCount: number;
  /** Most PCs that only failed at once, at most 255. */
  readonly mostMachineCount: number;
}

/**
 * The outages that an agency saw of a network, oldest first; pure. One begins with the first slot with only failures
 * after a success or after nothing, and ends with the next success. Only what speaks for the agency is in its days.
 *
 * @param days of one agency and network, oldest first; days on which nobody tried may be absent
 * @param slots numbers of the first slot that is looked at and of the first one behind; slots since 1970
 */
export function findOutages(
  days: readonly NetworkDay[],
  slots: { readonly from: number; readonly end: number },
): readonly Outage[] {
  const outages: Outage[] = [];
  let current: OpenOutage | undefined;
  for (const day of days) {
    const dayStart = day.day * SLOTS_PER_DAY;
    const end = Math.min(SLOTS_PER_DAY, slots.end - dayStart);
    for (let slot = Math.max(0, slots.from - dayStart); slot < end; slot += 1) {
      if (day.reached.has(slot)) {
        if (current !== undefined) outages.push(endedOutage(current, dayStart + slot));
        current = undefined;
      } else if (day.on.has(slot)) {
        current ??= { firstSlot: dayStart + slot, lastSlot: dayStart + slot, downSlotCount: 0, mostMachineCount: 1 };
        current.lastSlot = dayStart + slot;
        current.downSlotCount += 1;
        current.mostMachineCount = Math.max(current.mostMachineCount, day.failedCounts.at(slot));
      }
    }
  }
  if (current === undefined) return outages;
  const { endMs: _unknown, ...lasting } = endedOutage(current, current.lastSlot + 1);
  return [...outages, lasting];
}

interface OpenOutage {
  readonly firstSlot: number;
  /** The newest slot with only failures. */
  lastSlot: number;
  downSlotCount: number;
  mostMachineCount: number;
}

function endedOutage({ firstSlot, downSlotCount, mostMachineCount }: OpenOutage, endSlot: number) {
  const unknownSlotCount = endSlot - firstSlot - downSlotCount;
  const span = { startMs: firstSlot * SLOT_MS, endMs: endSlot * SLOT_MS };
  return { ...span, downSlotCount, unknownSlotCount, mostMachineCount };
}
