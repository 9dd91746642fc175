import { describe, expect, it } from 'vitest';
import { headingHeight, rowHeight } from '#collector/exports/row-height.ts';

const WRAPPED = { heading: 'a', widthCharacters: 10, isWrapped: true };

describe('rowHeight()', () => {
  it('gives a wrapped text a line for each part that fits the width, broken at blanks and hyphens', () => {
    expect(rowHeight(['một hai ba bốn', 5], [WRAPPED, { heading: 'b' }])).toBe(30);
    expect(rowHeight(['communes-internet-and-vpn'], [WRAPPED])).toBe(45);
    expect(rowHeight(['một\nhai'], [WRAPPED])).toBe(30);
  });

  it('leaves the height of a row alone that takes one line, or whose texts are not wrapped', () => {
    expect(rowHeight(['một hai', undefined], [WRAPPED, { heading: 'b' }])).toBeUndefined();
    expect(rowHeight(['một hai ba bốn'], [{ heading: 'a', widthCharacters: 5 }])).toBeUndefined();
  });

  it('never exceeds what a spreadsheet allows', () => {
    expect(rowHeight(['x'.repeat(5_000)], [WRAPPED])).toBe(409);
  });
});

describe('headingHeight()', () => {
  it('is as high as the longest heading needs, a turned one by its letters', () => {
    expect(headingHeight([{ heading: 'Cơ quan thiếu số khai báo', widthCharacters: 10 }])).toBe(45);
    expect(headingHeight([{ heading: 'antivirus-sharing', widthCharacters: 6, isTurned: true }])).toBe(102);
  });
});
