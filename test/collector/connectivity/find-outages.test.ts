import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOutages } from '#collector/connectivity/find-outages.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { networkDays } from './network-days.ts';

/** First slot of a day. */
const START = 20_000 * 288;

function outagesOf(text: string, first = START, slots = { from: first, end: first + text.length }) {
  return findOutages(networkDays(text, first), slots).map(({ startMs, endMs, ...counts }) => ({
    from: startMs / SLOT_MS - first,
    to: endMs === undefined ? undefined : endMs / SLOT_MS - first,
    ...Object.values(counts),
  }));
}

describe('findOutages()', () => {
  it.each([
    { when: 'nothing failed', text: '11..1', want: [] },
    { when: 'nobody was on', text: '.....', want: [] },
    { when: 'it begins and ends', text: '11001', want: [{ from: 2, to: 4, 0: 2, 1: 0, 2: 1 }] },
    { when: 'it begins after nothing', text: '..31', want: [{ from: 2, to: 3, 0: 1, 1: 0, 2: 3 }] },
    { when: 'it lasts', text: '1025', want: [{ from: 1, to: undefined, 0: 3, 1: 0, 2: 5 }] },
    { when: 'nobody is on while it lasts', text: '10..', want: [{ from: 1, to: undefined, 0: 1, 1: 0, 2: 1 }] },
    { when: 'nobody was on in the middle of it', text: '10..0..1', want: [{ from: 1, to: 7, 0: 2, 1: 4, 2: 1 }] },
    {
      when: 'there are two',
      text: '01.01',
      want: [
        { from: 0, to: 1, 0: 1, 1: 0, 2: 1 },
        { from: 3, to: 4, 0: 1, 1: 0, 2: 1 },
      ],
    },
  ])('finds $want when $when', ({ text, want }) => {
    expect(outagesOf(text)).toEqual(want);
  });

  it('goes on over midnight and over days of which nothing is known', () => {
    expect(outagesOf(`1002${'.'.repeat(600)}01`, START + 286)).toEqual([{ from: 1, to: 605, 0: 4, 1: 600, 2: 2 }]);
    const days = networkDays(`1002${'.'.repeat(600)}01`, START + 286).filter(({ day }) => day !== 20_001);
    expect(findOutages(days, { from: START, end: START + 9_999 })).toEqual([
      expect.objectContaining({ downSlotCount: 2, unknownSlotCount: 602 }),
    ]);
  });

  it('looks at no slot before or behind the span', () => {
    expect(outagesOf('0011000', START, { from: START + 1, end: START + 6 })).toEqual([
      { from: 1, to: 2, 0: 1, 1: 0, 2: 1 },
      { from: 4, to: undefined, 0: 2, 1: 0, 2: 1 },
    ]);
  });

  it('accounts for every slot with only failures once, and never for one with a success', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '.', '3'), maxLength: 700 }), (text) => {
        const outages = findOutages(networkDays(text, START + 250), { from: 0, end: Number.POSITIVE_INFINITY });
        expect(outages.reduce((sum, one) => sum + one.downSlotCount, 0)).toBe(text.replaceAll(/[1.]/g, '').length);
        for (const { startMs, endMs, downSlotCount, unknownSlotCount } of outages) {
          if (endMs !== undefined) expect((endMs - startMs) / SLOT_MS).toBe(downSlotCount + unknownSlotCount);
          const from = startMs / SLOT_MS - START - 250;
          const inside = text.slice(from, from + downSlotCount + unknownSlotCount);
          expect([inside.includes('1'), inside.replaceAll('.', '').length]).toEqual([false, downSlotCount]);
        }
      }),
    );
  });
});
