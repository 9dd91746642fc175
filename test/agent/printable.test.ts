import { describe, expect, it } from 'vitest';
import { printable } from '#agent/printable.ts';

describe('printable()', () => {
  it.each([
    ['a line of the collector: \u001b]0;owned\u0007\u001b[2J', 'a line of the collector:  ]0;owned  [2J'],
    ['C1 \u009b2J, rubbed out \u007f, carriage\rreturn', 'C1  2J, rubbed out  , carriage return'],
    ['máy trạm\tsố 1\n{}', 'máy trạm\tsố 1\n{}'],
  ])('keeps %j from the terminal', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});
