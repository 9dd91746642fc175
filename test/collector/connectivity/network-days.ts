import type { NetworkDay } from '#collector/store/network-day-store.ts';
import { RttCounts } from '#collector/store/rtt-counts.ts';
import { SlotCounts } from '#collector/store/slot-counts.ts';
import { SlotSet } from '#collector/store/slot-set.ts';

/**
 * Days of one agency and network, a character a slot from `first` on: 1 reached, v reached and signed for, 0 only failed
 * (2 to 9: for so many PCs), . nobody on.
 */
export function networkDays(text: string, first: number): readonly NetworkDay[] {
  const days = new Map<number, NetworkDay>();
  for (const [index, result] of [...text].entries()) {
    const slot = first + index;
    const number = Math.floor(slot / 288);
    const day = days.get(number) ?? emptyDay(number);
    days.set(number, day);
    if (result === '.') continue;
    day.on.add(slot % 288);
    if (result === 'v') day.verified.add(slot % 288);
    if (result === '1' || result === 'v') day.reached.add(slot % 288);
    else for (let machine = 0; machine < Math.max(Number(result), 1); machine += 1) day.failedCounts.add(slot % 288);
  }
  return [...days.values()];
}

function emptyDay(day: number): NetworkDay {
  const slots = { on: SlotSet.empty(), reached: SlotSet.empty(), verified: SlotSet.empty(), verifiedBy: new Map() };
  const key = { agencyCode: 'H47.12', network: 'wan', day };
  return { ...key, ...slots, failedCounts: SlotCounts.none(), rtt: RttCounts.none(), newestAttemptAtMs: 0 };
}
