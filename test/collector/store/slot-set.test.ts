import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotSet } from '#collector/store/slot-set.ts';

const slots = fc.uniqueArray(fc.integer({ min: 0, max: 287 }));

describe('SlotSet', () => {
  it('counts and finds the same from its text as from its bits', () => {
    fc.assert(
      fc.property(slots, fc.integer({ min: -300, max: 600 }), (members, bound) => {
        const set = SlotSet.empty();
        for (const slot of members) set.add(slot);
        const read = SlotSet.fromText(set.toText());
        const from = members.filter((slot) => slot >= bound).length;
        const last = members.filter((slot) => slot < bound).toSorted((a, b) => b - a)[0];
        for (const one of [set, read]) {
          expect([one.countFrom(bound), one.lastBefore(bound)]).toEqual([from, last]);
        }
        expect(Array.from({ length: 288 }, (_, slot) => slot).filter((slot) => read.has(slot))).toEqual(
          members.toSorted((a, b) => a - b),
        );
        expect(read.toText()).toBe(set.toText());
      }),
    );
  });

  it('is empty for an empty text', () => {
    expect([SlotSet.fromText('').countFrom(0), SlotSet.fromText('').lastBefore(288)]).toEqual([0, undefined]);
    expect(SlotSet.fromText('').toText()).toBe('0'.repeat(72));
  });

  it('takes more slots after it was read', () => {
    const read = SlotSet.fromText(`01${'0'.repeat(70)}`);
    read.add(9);
    expect(read.toText()).toBe(`0102${'0'.repeat(68)}`);
  });
});
