import { describe, expect, it } from 'vitest';
import { leftAtMs, MAX_WAIT_MS, waitedMsOf } from '#collector/ingest/departure.ts';

describe('leftAtMs()', () => {
  it.each([
    ['arrived, of one that was on no way of its own', {}, 1_000_000],
    ['was made, of one that was carried by hand', { madeAtMs: 400_000 }, 400_000],
    ['came to the relay, of one that waited there', { waitedMs: 90_000 }, 910_000],
  ])('is when the report %s', (_when, departure, expected) => {
    expect(leftAtMs({ arrivedAtMs: 1_000_000, ...departure })).toBe(expected);
  });
});

describe('waitedMsOf()', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['90', 90_000],
    ['-90', 0],
    ['1.5', 0],
    [['90', '91'], 0],
    ['999999999', MAX_WAIT_MS],
    ['9999999999', 0],
  ])('reads %o as %d', (header, expected) => {
    expect(waitedMsOf(header)).toBe(expected);
  });
});
