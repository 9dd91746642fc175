import { describe, expect, it } from 'vitest';
import { parseJson } from '#shared/parse-json.ts';

describe('parseJson()', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['null', null],
    ['{"a":', undefined],
    ['', undefined],
  ])('reads %s', (text, want) => {
    expect(parseJson(text)).toEqual(want);
  });
});
