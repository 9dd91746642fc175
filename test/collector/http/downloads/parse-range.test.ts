import { describe, expect, it } from 'vitest';
import { parseRange } from '#collector/http/downloads/parse-range.ts';

describe('parseRange()', () => {
  it.each([
    { header: undefined, want: 'whole' },
    { header: 'bytes=0-4', want: { first: 0, last: 4 } },
    { header: 'bytes=4-', want: { first: 4, last: 9 } },
    { header: 'bytes=-3', want: { first: 7, last: 9 } },
    { header: 'bytes=-30', want: { first: 0, last: 9 } },
    { header: 'bytes=8-99', want: { first: 8, last: 9 } },
    { header: 'bytes=10-', want: 'unsatisfiable' },
    { header: 'bytes=-0', want: 'unsatisfiable' },
    { header: 'bytes=5-4', want: 'whole' },
    { header: 'bytes=-', want: 'whole' },
    { header: 'bytes=0-1,4-5', want: 'whole' },
    { header: 'lines=0-4', want: 'whole' },
    { header: 'bytes=0x1-4', want: 'whole' },
  ])('reads $header of ten bytes', ({ header, want }) => {
    expect(parseRange(header, 10)).toEqual(want);
  });
});
