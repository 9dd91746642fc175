import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, pageFromList, pageFromRows, readCursor, writeCursor } from '#collector/http/api/v1/paging.ts';

describe('pageFromList()', () => {
  it('gives every item once and in order, whatever the size of a page', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (texts, limit) => {
        const sorted = texts.toSorted((a, b) => compareKeys([a], [b]));
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = pageFromList(sorted, { limit, cursor }, (text) => [text]);
          seen.push(...page.items);
          cursor = page.next;
        } while (cursor !== undefined);
        expect(seen).toEqual(sorted);
      }),
      { numRuns: 50 },
    );
  });

  it('goes on behind an item that went away in between', () => {
    const first = pageFromList(['a', 'b', 'c'], { limit: 2 }, (text) => [text]);
    expect(pageFromList(['a', 'c', 'd'], { limit: 2, cursor: first.next }, (text) => [text])).toEqual({
      items: ['c', 'd'],
    });
  });
});

describe('pageFromRows()', () => {
  it('takes the row beyond the limit as a sign of a next page', () => {
    const rows = [
      { at: 3, id: 'x' },
      { at: 2, id: 'y' },
      { at: 1, id: 'z' },
    ];
    const page = pageFromRows(rows, { limit: 2 }, ({ at, id }) => [at, id]);
    expect(page).toEqual({ items: rows.slice(0, 2), next: writeCursor([2, 'y']) });
    expect(pageFromRows(rows, { limit: 3 }, ({ id }) => [id]).next).toBeUndefined();
  });
});

describe('readCursor()', () => {
  it('reads what was written and refuses the rest by name', () => {
    expect(readCursor({ limit: 1, cursor: writeCursor(['Sở', 7]) })).toEqual(['Sở', 7]);
    expect(readCursor({ limit: 1 })).toBeUndefined();
    for (const cursor of [
      'x',
      'e30',
      Buffer.from('[]').toString('base64url'),
      Buffer.from('[{}]').toString('base64url'),
    ]) {
      expect(() => readCursor({ limit: 1, cursor })).toThrow(
        expect.objectContaining({
          code: 'REQUEST_INVALID',
          problems: [expect.objectContaining({ pointer: '#/cursor' })],
        }),
      );
    }
  });
});
