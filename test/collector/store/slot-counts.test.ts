import { describe, expect, it } from 'vitest';
import { SlotCounts } from '#collector/store/slot-counts.ts';

describe('SlotCounts', () => {
  it('is an empty text while nothing was counted', () => {
    expect([SlotCounts.none().toText(), SlotCounts.none().at(3)]).toEqual(['', 0]);
  });

  it('prints the slots between the first and the last count, and reads them back', () => {
    const counts = SlotCounts.none();
    for (const slot of [5, 7, 7]) counts.add(slot);
    expect(counts.toText()).toBe('5:010002');
    const read = SlotCounts.fromText('5:010002');
    expect([4, 5, 6, 7, 8].map((slot) => read.at(slot))).toEqual([0, 1, 0, 2, 0]);
    read.add(287);
    expect(SlotCounts.fromText(read.toText()).at(287)).toBe(1);
  });

  it('stops at 255', () => {
    const counts = SlotCounts.none();
    for (let machine = 0; machine < 300; machine += 1) counts.add(0);
    expect([counts.at(0), counts.toText()]).toEqual([255, '0:ff']);
  });
});
