import { describe, expect, it } from 'vitest';
import { type EventCount, parseEventCount, spendEvent } from '#agent/event-budget.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('spendEvent()', () => {
  it('lets ten lines an hour through, counts the others and tells of them with the next hour', () => {
    let count: EventCount | undefined;
    const told = Array.from({ length: 14 }, (_, index) => {
      const decision = spendEvent(count, NOW + index * 60_000);
      count = decision.count;
      return decision.isTold;
    });
    expect(told.filter(Boolean)).toHaveLength(10);
    expect(spendEvent(count, NOW + 3_600_000)).toEqual({
      count: { sinceMs: NOW + 3_600_000, toldCount: 1, leftOutCount: 0 },
      isTold: true,
      leftOutBefore: 4,
    });
  });

  it('begins a new hour when the clock was set back', () => {
    const full = { sinceMs: Date.parse('2099-01-01'), toldCount: 10, leftOutCount: 0 };
    expect(spendEvent(full, NOW).isTold).toBe(true);
  });
});

describe('parseEventCount()', () => {
  it('reads what was written and takes anything else for none', () => {
    const count = { sinceMs: NOW, toldCount: 3, leftOutCount: 1 };
    expect(parseEventCount(JSON.stringify(count))).toEqual(count);
    expect([parseEventCount(undefined), parseEventCount('{"since')]).toEqual([undefined, undefined]);
  });
});
