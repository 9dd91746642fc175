import { describe, expect, it } from 'vitest';
import type { NetworkDay } from '#collector/store/network-day-store.ts';
import { networkFigures, networkSlots } from '#collector/store/network-results.ts';
import { RttCounts } from '#collector/store/rtt-counts.ts';
import { SlotCounts } from '#collector/store/slot-counts.ts';
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
  const verified = { verified: SlotSet.empty(), verifiedBy: new Map() };
  const common = { failedCounts: SlotCounts.none(), rtt: RttCounts.none(), newestAttemptAtMs: 0 };
  return { ...key, on: onSet, reached: reachedSet, ...verified, ...common };
}

/** A day on which a beacon signed for every slot in which a PC tried. */
function signed(day: number, slots: readonly number[], kid: string): NetworkDay {
  const { reached } = dayOf(day, [], slots);
  return { ...dayOf(day, slots, slots), verified: reached, verifiedBy: new Map([[kid, reached]]) };
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

  it('says verified where a beacon signed within the slots, when and by which key', () => {
    const days = [signed(DAY - 3, [9, 10], 'k2'), signed(DAY, [203, 204], 'k1')];
    const figuresOf = (isPast: boolean, windowDays = 7) => {
      const slots = networkSlots({ atMs: AT_MS, windowDays, isPast, currentMs: 2_700_000 });
      const [{ result, windowResult, ...figures } = {}] = networkFigures(days, { networks, agencies, slots });
      return [result, windowResult, figures];
    };
    const at = (day: number, slot: number) => day * 86_400_000 + slot * 300_000;
    const alike = { agencyCode: 'H47.12', level: 'department', network: 'wan', kind: 'wan' };
    const all = { slotsOn: 3, slotsReached: 3 };
    const newest = (atMs: number, verifiedBy: string) => ({ verifiedAtMs: atMs, verifiedBy, newestSuccessAtMs: atMs });
    expect([figuresOf(true), figuresOf(false)]).toEqual([
      ['verified', 'verified', { ...alike, ...all, ...newest(at(DAY, 203), 'k1') }],
      ['verified', 'verified', { ...alike, slotsOn: 4, slotsReached: 4, ...newest(at(DAY, 204), 'k1') }],
    ]);
    const [, ...older] = days.toReversed();
    const slots = networkSlots({ atMs: AT_MS, windowDays: 7, isPast: true, currentMs: 2_700_000 });
    expect(networkFigures(older, { networks, agencies, slots })).toEqual([
      {
        ...alike,
        result: 'unknown',
        windowResult: 'verified',
        slotsOn: 2,
        slotsReached: 2,
        ...newest(at(DAY - 3, 10), 'k2'),
      },
    ]);
  });

  it('keeps what a machine whose clock runs ahead saw a moment ago', () => {
    expect(resultsOf([dayOf(DAY, [205], [205])], false)).toEqual(['reached', 'reached', 1, 1]);
  });
});
