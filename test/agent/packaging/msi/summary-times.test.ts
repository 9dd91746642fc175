import { describe, expect, it } from 'vitest';
import { withSummaryTimes } from '#agent/packaging/msi/summary-times.ts';

const FORMAT = 'e0859ff2f94f6810ab9108002b27b3d9';

/** A property set stream with a text and two times, somewhere in a file. */
function fileWith(times: bigint): Buffer {
  const header = Buffer.alloc(28);
  const format = Buffer.from(FORMAT, 'hex');
  const place = Buffer.alloc(4);
  place.writeUInt32LE(48);
  const set = Buffer.alloc(8 + 3 * 8 + 12 + 12 + 12);
  set.writeUInt32LE(3, 4);
  const starts = [32, 44, 56];
  for (const [index, id] of [2, 12, 13].entries()) {
    const start = starts[index] ?? 0;
    set.writeUInt32LE(id, 8 + index * 8);
    set.writeUInt32LE(start, 12 + index * 8);
    set.writeUInt32LE(id === 2 ? 0x1e : 0x40, start);
    set.writeBigUInt64LE(id === 2 ? 0x74786574n : times, start + 4);
  }
  return Buffer.concat([Buffer.alloc(1_000, 'x'), header, format, place, set, Buffer.alloc(10, 'y')]);
}

describe('withSummaryTimes()', () => {
  it('writes both times and nothing else', () => {
    // 2001-09-09T01:46:40Z as intervals of 100 ns since 1601.
    expect(withSummaryTimes(fileWith(5n), 1_000_000_000)).toEqual(fileWith(126_444_736_000_000_000n));
  });

  it('leaves what it was given alone', () => {
    const file = fileWith(5n);
    withSummaryTimes(file, 1_000_000_000);
    expect(file).toEqual(fileWith(5n));
  });

  it('refuses a file without a summary', () => {
    expect(() => withSummaryTimes(Buffer.alloc(100), 0)).toThrow('Cannot date the installer');
  });
});
