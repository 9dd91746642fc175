import { describe, expect, it } from 'vitest';
import { backOffMs, isWaiting, retryAfterMs } from '#agent/uplink/back-off.ts';

describe('backOffMs()', () => {
  it('doubles up to 15 minutes', () => {
    expect([1, 2, 3, 20].map((failures) => backOffMs(failures, 0, 0))).toEqual([5_000, 10_000, 20_000, 900_000]);
  });

  it('waits at least as long as the collector says, and spreads by up to half as much again', () => {
    expect(backOffMs(1, 60_000, 0)).toBe(60_000);
    expect(backOffMs(1, 60_000, 1)).toBe(90_000);
  });
});

describe('retryAfterMs()', () => {
  it.each([
    ['120', 120_000],
    [undefined, 0],
    ['soon', 0],
    ['-5', 0],
    ['999999999', 86_400_000],
  ])('reads %s as %d ms', (header, wantMs) => {
    expect(retryAfterMs(header)).toBe(wantMs);
  });
});

describe('isWaiting()', () => {
  const NOW = Date.parse('2026-11-22T12:00:00Z');

  it.each([
    { when: 'nothing was ordered', notBefore: undefined, want: false },
    { when: 'the instant lies ahead', notBefore: '2026-11-22T12:00:01Z', want: true },
    { when: 'the instant is over', notBefore: '2026-11-22T12:00:00Z', want: false },
    { when: 'the clock was in 2099 and is right again', notBefore: '2099-01-01T00:00:00Z', want: false },
    { when: 'the clock was in 1970 and is right again', notBefore: '1970-01-01T01:00:00Z', want: false },
  ])('says $want when $when', ({ notBefore, want }) => {
    expect(isWaiting(notBefore, NOW)).toBe(want);
  });
});
