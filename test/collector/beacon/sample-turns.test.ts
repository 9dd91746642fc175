import { describe, expect, it } from 'vitest';
import { SampleTurns } from '#collector/beacon/sample-turns.ts';

const HOUR_MS = 3_600_000;

describe('SampleTurns', () => {
  it('gives an address one turn an hour', () => {
    const turns = new SampleTurns({ maxAtOnce: 9, maxPerDay: 9 });
    expect([turns.begin('a', 0), turns.begin('a', 600_000), turns.begin('a', HOUR_MS)]).toEqual([0, 3_000_000, 0]);
  });

  it('gives a few at once, and more when one has ended', () => {
    const turns = new SampleTurns({ maxAtOnce: 2, maxPerDay: 9 });
    expect(['a', 'b', 'c'].map((address) => turns.begin(address, 0))).toEqual([0, 0, 60_000]);
    turns.end();
    expect(turns.begin('c', 1)).toBe(0);
  });

  it('gives no more than so many a day', () => {
    const turns = new SampleTurns({ maxAtOnce: 9, maxPerDay: 2 });
    expect(['a', 'b', 'c'].map((address) => turns.begin(address, HOUR_MS))).toEqual([0, 0, 24 * HOUR_MS]);
    expect(turns.begin('c', 25 * HOUR_MS)).toBe(0);
  });
});
