import { describe, expect, it } from 'vitest';
import { isCounted } from '#collector/connectivity/is-counted.ts';
import { SlotSet } from '#collector/store/slot-set.ts';
import { SLOT_MS } from '#shared/protocol.ts';

/** Days on each of which one key signed for some slots. */
function signed(byDay: Readonly<Record<number, readonly number[]>>) {
  return Object.entries(byDay).map(([day, slots]) => {
    const set = SlotSet.empty();
    for (const slot of slots) set.add(slot);
    return { day: Number(day), verifiedBy: new Map([['k1', set]]) };
  });
}

describe('isCounted()', () => {
  it.each([
    { when: 'its slot is verified', days: { 20000: [100] }, slot: 100, kid: 'k1', want: true },
    { when: 'one ten minutes away is, as clocks differ', days: { 20000: [98] }, slot: 100, kid: 'k1', want: true },
    { when: 'that one is of the day before', days: { 19999: [287] }, slot: 0, kid: 'k1', want: true },
    { when: 'none near it is: the machine stood elsewhere', days: { 20000: [97] }, slot: 100, kid: 'k1', want: false },
    { when: 'another key signed for it', days: { 20000: [100] }, slot: 100, kid: 'k2', want: false },
    { when: 'the same slot of another day is', days: { 19999: [100] }, slot: 100, kid: 'k1', want: false },
    { when: 'nothing is known', days: {}, slot: 100, kid: 'k1', want: false },
  ])('gives $want when $when', ({ days, slot, kid, want }) => {
    expect(isCounted({ atMs: (20_000 * 288 + slot) * SLOT_MS + 5, kid }, signed(days))).toBe(want);
  });
});
