import { describe, expect, it } from 'vitest';
import { backOffMs, retryAfterMs } from '#agent/uplink/back-off.ts';

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
