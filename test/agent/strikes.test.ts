import { describe, expect, it } from 'vitest';
import { isResting, noteEnd, type Strikes, unfinishedProbes } from '#agent/strikes.ts';

const HUNG = { code: 'PROBE_TIMED_OUT', message: 'Stopped' };
const HOUR_MS = 3_600_000;

function strikeTimes(count: number, from: Strikes = {}, nowMs = 0): Strikes {
  let strikes = from;
  for (let index = 0; index < count; index += 1) strikes = noteEnd(strikes, 'os', { failure: HUNG, nowMs });
  return strikes;
}

describe('noteEnd()', () => {
  it('gives 24 hours of rest at the third strike', () => {
    expect(isResting(strikeTimes(2), 'os', 1)).toBe(false);
    expect(strikeTimes(3)).toEqual({
      os: { count: 3, reason: 'PROBE_TIMED_OUT: Stopped', restsUntilMs: 24 * HOUR_MS },
    });
    expect(isResting(strikeTimes(3), 'os', 24 * HOUR_MS - 1)).toBe(true);
    expect(isResting(strikeTimes(3), 'os', 24 * HOUR_MS)).toBe(false);
  });

  it('rests again after one more strike', () => {
    const again = strikeTimes(1, strikeTimes(3), 25 * HOUR_MS);
    expect(isResting(again, 'os', 26 * HOUR_MS)).toBe(true);
  });

  it.each([
    { when: 'a success', failure: undefined },
    { when: 'a named failure of the world', failure: { code: 'COMMAND_MISSING', message: 'none' } },
  ])('clears the strikes at $when', ({ failure }) => {
    expect(noteEnd(strikeTimes(2), 'os', { nowMs: 0, ...(failure === undefined ? {} : { failure }) })).toEqual({});
  });
});

describe('isResting()', () => {
  it('does not silence a probe for years when the clock is set back', () => {
    expect(isResting(strikeTimes(3, {}, Date.parse('2099-01-01')), 'os', Date.parse('2026-11-22'))).toBe(false);
  });
});

describe('unfinishedProbes()', () => {
  it('names what was started and never ended, and skips a line cut short', () => {
    expect(unfinishedProbes('start os\nstart time\nend os\nstart network\nen')).toEqual(['network', 'time']);
    expect(unfinishedProbes('')).toEqual([]);
  });
});
