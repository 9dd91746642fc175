import { describe, expect, it } from 'vitest';
import { packRows, unpackRows } from '#collector/exports/packed-rows.ts';

describe('packRows()', () => {
  it('gives the rows back as they were, however many', async () => {
    const rows = Array.from({ length: 1_234 }, (_, index) => [
      `máy ${index}`,
      undefined,
      { value: index / 3, form: 'share' } as const,
    ]);
    const packed = await packRows(rows);
    expect(packed.length).toBe(3);
    expect([...unpackRows(packed)]).toEqual(rows);
  });

  it('makes no piece of no row', async () => {
    expect(await packRows([])).toEqual([]);
  });
});
