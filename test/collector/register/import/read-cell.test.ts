import { describe, expect, it } from 'vitest';
import { LEVEL_CHOICES } from '#collector/register/import/choices.ts';
import { readChoice, readDate, readWhole, textOf, YES_NO } from '#collector/register/import/read-cell.ts';

describe('readWhole()', () => {
  it.each([
    { cell: '1234', want: 1_234 },
    { cell: '1.234', want: 1_234 },
    { cell: '1.234.567', want: 1_234_567 },
    { cell: '1 234', want: 1_234 },
    { cell: 12, want: 12 },
    { cell: '0', want: 0 },
    { cell: '1,234', want: 'ambiguous' },
    { cell: '1,234.5', want: 'ambiguous' },
    { cell: '1.23', want: 'invalid' },
    { cell: '12.5', want: 'invalid' },
    { cell: 12.5, want: 'invalid' },
    { cell: '-3', want: 'invalid' },
    { cell: '1e3', want: 'invalid' },
    { cell: '=1+1', want: 'invalid' },
    { cell: true, want: 'invalid' },
    { cell: new Date(0), want: 'invalid' },
  ])('reads $cell as $want', ({ cell, want }) => {
    expect(readWhole(cell)).toBe(want);
  });
});

describe('readDate()', () => {
  it.each([
    { cell: '2025-07-01', want: '2025-07-01' },
    { cell: '01/07/2025', want: '2025-07-01' },
    { cell: '1/7/2025', want: '2025-07-01' },
    { cell: '1.7.2025', want: '2025-07-01' },
    { cell: new Date(Date.UTC(2025, 6, 1)), want: '2025-07-01' },
    { cell: '29/02/2024', want: '2024-02-29' },
    { cell: '29/02/2025', want: undefined },
    { cell: '07/13/2025', want: undefined },
    { cell: '01/07/25', want: undefined },
    { cell: 'tháng 7', want: undefined },
    { cell: 45_839, want: undefined },
    { cell: new Date(Number.NaN), want: undefined },
  ])('reads $cell as $want', ({ cell, want }) => {
    expect(readDate(cell)).toBe(want);
  });
});

describe('readChoice()', () => {
  it.each([
    { cell: 'Sở', want: 'department' },
    { cell: 'PHƯỜNG', want: 'commune' },
    { cell: ' đặc khu', want: 'commune' },
    { cell: 'Thành phố thuộc tỉnh', want: 'district' },
    { cell: 'Đơn vị trực thuộc', want: 'unit' },
    { cell: 'commune', want: 'commune' },
    { cell: 'thành phố', want: undefined },
  ])('reads the level $cell as $want', ({ cell, want }) => {
    expect(readChoice(cell, LEVEL_CHOICES)).toBe(want);
  });

  it.each([
    ['có', true],
    ['Không', false],
    ['x', true],
    ['yes', true],
    [true, true],
    [false, false],
    [1, true],
    ['có lẽ', undefined],
  ])('reads %s as %s', (cell, want) => {
    expect(readChoice(cell, YES_NO)).toBe(want);
  });
});

describe('textOf()', () => {
  it('keeps what looks like a formula as it is', () => {
    expect(['=1+1', '@x', '+84'].map(textOf)).toEqual(['=1+1', '@x', '+84']);
  });
});
