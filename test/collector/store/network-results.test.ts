import { describe, expect, it } from 'vitest';
import type { NetworkDay } from '#collector/store/network-day-store.ts';
import { networkFigures, networkSlots } from '#collector/store/network-results.ts';
import { SlotSet } from '#collector/store/slot-set.ts';

const AT_MS = Date.parse('2026-02-28T17:00:00Z');
const DAY = Math.floor(AT_MS / 86_400_000);
const networks = [{ id: 'wan', kind: 'wan' }] as const;
const agencies = [{ code: 'H47.12', level: 'department' }] as const;

function dayOf(day: number, on: readonly number[], reached: readonly number[]): NetworkDay {
  const [onSet, reachedSet] = [SlotSet.empty(), SlotSet.empty()];
  for (const slot of on) onSet.add(slot);
  for (const slot of reached) reachedSet.add(slot);
  const key = { agencyCode: 'H47.12', network: 'wan', day };
  return { ...key, on: onSet, reached: reachedSet, rtt: {}, newestAttemptAtMs: 0 };
}

/** 17:00 UTC, midnight in Viet Nam, is the beginning of slot 204 of the day in UTC. */
function resultsOf(days: readonly NetworkDay[], isPast: boolean, currentMs?: number) {
  const window = { atMs: AT_MS, windowDays: 7, isPast, ...(currentMs === undefined ? {} : { currentMs }) };
  const [figures] = networkFigures(days, { networks, agencies, slots: networkSlots(window) });
  const { result, windowResult, slotsOn, slotsReached } = figures ?? {};
  return [result, windowResult, slotsOn, slotsReached];
}

describe('networkFigures()', () => {
  it('gives a row for every agency and network, measured or not', () => {
    expect(
      networkFigures([], { networks, agencies, slots: networkSlots({ atMs: AT_MS, windowDays: 7, isPast: true }) }),
    ).toEqual([
      {
        agencyCode: 'H47.12',
        level: 'department',
        network: 'wan',
        kind: 'wan',
        result: 'unknown',
        windowResult: 'unknown',
        slotsOn: 0,
        slotsReached: 0,
      },
    ]);
  });

  it('takes the best of the whole window for indicators and of its end for the current result', () => {
    const days = [dayOf(DAY - 3, [10], [10]), dayOf(DAY, [203], [])];
    expect(resultsOf(days, false, 2_700_000)).toEqual(['not_reached', 'reached', 2, 1]);
  });

  it('leaves out what came after a past day, and what lies before the window', () => {
    const after = dayOf(DAY, [203, 204], [204]);
    const before = dayOf(DAY - 7, [203], [203]);
    expect([
      resultsOf([after], true),
      resultsOf([before], true),
      resultsOf([dayOf(DAY - 7, [204], [204])], true),
    ]).toEqual([
      ['not_reached', 'not_reached', 1, 0],
      ['unknown', 'unknown', 0, 0],
      ['reached', 'reached', 1, 1],
    ]);
  });

  it('keeps what a machine whose clock runs ahead saw a moment ago', () => {
    expect(resultsOf([dayOf(DAY, [205], [205])], false)).toEqual(['reached', 'reached', 1, 1]);
  });
});
