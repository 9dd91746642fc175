import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDays } from '#collector/connectivity/count-days.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { networkDays } from './network-days.ts';

/** Midnight in Viet Nam on 2 March 2026, 17:00 UTC of the day before. */
const MIDNIGHT = Date.parse('2026-03-01T17:00:00Z') / SLOT_MS;

describe('countDays()', () => {
  it('counts by the days of Viet Nam, which begin within those of UTC', () => {
    const days = networkDays('01v0', MIDNIGHT - 2);
    const slots = { first: MIDNIGHT - 3, end: Number.POSITIVE_INFINITY };
    expect(countDays(days, slots, (MIDNIGHT + 5) * SLOT_MS)).toEqual([
      { date: '2026-03-01', slotsOn: 2, slotsReached: 1, slotsVerified: 0 },
      { date: '2026-03-02', slotsOn: 2, slotsReached: 1, slotsVerified: 1 },
    ]);
  });

  it('adds up to the window, whatever was seen', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', 'v', '.'), maxLength: 900 });
    fc.assert(
      fc.property(text, fc.nat({ max: 900 }), (slots, from) => {
        const days = networkDays(slots, MIDNIGHT);
        const window = { first: MIDNIGHT + from, end: Number.POSITIVE_INFINITY };
        const counted = countDays(days, window, (MIDNIGHT + 900) * SLOT_MS);
        const inWindow = [...slots].slice(from).filter((one) => one !== '.');
        expect(counted.reduce((sum, { slotsOn }) => sum + slotsOn, 0)).toBe(inWindow.length);
        expect(counted.reduce((sum, { slotsReached }) => sum + slotsReached, 0)).toBe(
          inWindow.filter((one) => one !== '0').length,
        );
      }),
    );
  });
});
