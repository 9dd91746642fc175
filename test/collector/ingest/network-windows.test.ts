import { describe, expect, it } from 'vitest';
import { addWindows, type PlacedWindow, placeWindow } from '#collector/ingest/network-windows.ts';
import type { SlotSet } from '#collector/store/slot-set.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkWindow } from '#shared/report.ts';
import { AGENCY, MONDAY_MS } from './reporting-machine.ts';

const NOW_SLOT = Math.floor(MONDAY_MS / SLOT_MS);
const DAY = Math.floor(NOW_SLOT / 288);
const CLOCK = { offsetMs: 0, arrivedAtMs: MONDAY_MS };

function windowOf(fields: Partial<NetworkWindow>): NetworkWindow {
  const at = new Date(MONDAY_MS - 1_000).toISOString();
  const counts = { attempts: 3, successes: 1 };
  const place = { network: 'internet', target: 'tcp://192.0.2.1:443', firstSlot: NOW_SLOT - 2, slots: '01.' };
  return { ...place, ...counts, firstAt: at, lastAt: at, ...fields };
}

function placed(window: NetworkWindow, clock = CLOCK): PlacedWindow[] {
  const result = placeWindow(AGENCY, window, clock);
  return result === undefined ? [] : [result];
}

function receiptAt(slot: number, result: 'accepted' | 'bad_signature') {
  const receipt = { slot, at: '2026-03-01T00:00:00Z', observedAddress: '192.0.2.20', kid: 'k', signature: 's' };
  return { receipt, result };
}

function slotsOf(set: SlotSet): number[] {
  return Array.from({ length: 288 }, (_, slot) => slot).filter((slot) => set.has(slot));
}

describe('placeWindow()', () => {
  it('leaves out a window in which no attempt was allowed', () => {
    expect(placed(windowOf({ slots: '...', attempts: 0, successes: 0, lastFailure: 'NOT_PERMITTED' }))).toEqual([]);
  });

  it('keeps a window of failed attempts whose newest one was not allowed', () => {
    const window = windowOf({ slots: '00.', attempts: 2, successes: 0, lastFailure: 'NOT_PERMITTED' });
    expect(placed(window).map(({ firstSlot }) => firstSlot)).toEqual([NOW_SLOT - 2]);
  });

  it('leaves slots where they are while the clocks differ by no more than a minute', () => {
    expect(placed(windowOf({}), { ...CLOCK, offsetMs: 60_000 })[0]?.firstSlot).toBe(NOW_SLOT - 2);
  });

  it('moves slots by the difference of the clocks', () => {
    const yearSlots = 365 * 288;
    const ahead = windowOf({ firstSlot: NOW_SLOT - 2 + yearSlots });
    expect(placed(ahead, { ...CLOCK, offsetMs: yearSlots * SLOT_MS })[0]?.firstSlot).toBe(NOW_SLOT - 2);
  });

  it('leaves out what lies in the future or long ago', () => {
    expect(placed(windowOf({ firstSlot: NOW_SLOT + 1 }))).toEqual([]);
    expect(placed(windowOf({ firstSlot: NOW_SLOT - 50 * 288 }))).toEqual([]);
  });

  it('leaves out slots of more than an hour before the machine counted for the agency, signed or not', () => {
    const window = windowOf({ firstSlot: NOW_SLOT - 29, slots: '1'.repeat(30) });
    const receipts = [NOW_SLOT - 20, NOW_SLOT - 2].map((slot) => receiptAt(slot, 'accepted'));
    const result = placeWindow(AGENCY, window, { ...CLOCK, countsSinceMs: MONDAY_MS - 1_200_000, receipts });
    expect(result?.window.slots).toBe(`${'.'.repeat(13)}${'1'.repeat(17)}`);
    expect(result?.signed?.map(({ slot }) => slot)).toEqual([NOW_SLOT - 2]);
  });

  it('undoes the days on which something else answered than a beacon, and no others', () => {
    const firstSlot = (DAY - 3) * 288;
    const window = windowOf({ firstSlot, slots: '1'.repeat(3 * 288) });
    const noons = [0, 1].map((day) => firstSlot + day * 288 + 144);
    const receipts = noons.map((slot, day) => receiptAt(slot, day === 0 ? 'accepted' : 'bad_signature'));
    const result = placeWindow(AGENCY, window, { ...CLOCK, receipts });
    expect(result?.window.slots).toBe(`${'1'.repeat(288)}${'0'.repeat(2 * 288)}`);
  });

  it('keeps a failure that is a code, known or not, and no other text', () => {
    const failureOf = (lastFailure: string) =>
      placed(windowOf({ lastFailure })).map(({ window }) => window.lastFailure);
    expect(['TIMED_OUT', 'OF_A_LATER_VERSION', '=1+1', '<b>', 'A\u0000'].map(failureOf)).toEqual([
      ['TIMED_OUT'],
      ['OF_A_LATER_VERSION'],
      [undefined],
      [undefined],
      [undefined],
    ]);
  });

  it('believes no more round-trip times than attempts can have been made', () => {
    const times = (histogram: Record<string, number>) => ({ minMs: 1, medianMs: 1, p95Ms: 1, maxMs: 1, histogram });
    const rttOf = (histogram: Record<string, number>) =>
      placed(windowOf({ slots: '01.', rtt: times(histogram) })).map(({ window }) => window.rtt?.histogram);
    expect(rttOf({ '3': 200, '40': 100 })).toEqual([{ '3': 200, '40': 100 }]);
    expect(rttOf({ '-999': 9_007_199_254_740_991 })).toEqual([undefined]);
    expect(rttOf({ '3': 200, '40': 101 })).toEqual([undefined]);
  });
});

describe('addWindows()', () => {
  it('joins the slots of several machines: one success is enough', () => {
    const slot = NOW_SLOT - DAY * 288;
    const days = addWindows(new Map(), [...placed(windowOf({ slots: '00.' })), ...placed(windowOf({ slots: '.1.' }))], {
      lastSlot: NOW_SLOT,
    });
    expect(days.map(({ on, reached }) => ({ on: slotsOf(on), reached: slotsOf(reached) }))).toEqual([
      { on: [slot - 2, slot - 1], reached: [slot - 1] },
    ]);
  });

  it('cuts off slots that have not come yet', () => {
    const [day] = addWindows(new Map(), placed(windowOf({ firstSlot: NOW_SLOT, slots: '1111' })), {
      lastSlot: NOW_SLOT,
    });
    expect(day?.on.countFrom(0)).toBe(1);
  });

  it('spreads a window over the days it touches', () => {
    const days = addWindows(new Map(), placed(windowOf({ firstSlot: DAY * 288 - 2, slots: '1111' })), {
      lastSlot: NOW_SLOT,
    });
    expect(days.map(({ day, reached }) => ({ day, reached: slotsOf(reached) }))).toEqual([
      { day: DAY - 1, reached: [286, 287] },
      { day: DAY, reached: [0, 1] },
    ]);
  });

  it('adds round-trip times up', () => {
    const rtt = { minMs: 1, medianMs: 1, p95Ms: 1, maxMs: 1, histogram: { '5': 2 } };
    const days = addWindows(new Map(), [...placed(windowOf({ rtt })), ...placed(windowOf({ rtt }))], {
      lastSlot: NOW_SLOT,
    });
    expect(days.map((day) => day.rtt.toHistogram())).toEqual([{ '5': 4 }]);
  });
});
