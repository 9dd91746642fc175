import { describe, expect, it } from 'vitest';
import { dueMoves } from '#collector/register/due-moves.ts';

const unit = (code: string, more: object = {}) => ({ code, nameVi: code, level: 'unit' as const, ...more });

const AGENCIES = [
  unit('C'),
  unit('B', { validTo: '2025-12-31', replacedBy: 'C' }),
  unit('A', { validTo: '2025-06-30', replacedBy: 'B' }),
  unit('D', { validTo: '2025-06-30' }),
  unit('E', { validTo: '2025-06-30', replacedBy: 'X' }),
];

describe('dueMoves()', () => {
  it('gives one step a closing, oldest first, and none without a known replacement', () => {
    const first = { from: 'A', to: 'B', on: '2025-07-01' };
    expect(dueMoves({ agencies: AGENCIES }, '2025-06-30')).toEqual([]);
    expect(dueMoves({ agencies: AGENCIES }, '2025-07-01')).toEqual([first]);
    expect(dueMoves({ agencies: AGENCIES }, '2026-01-01')).toEqual([first, { from: 'B', to: 'C', on: '2026-01-01' }]);
  });
});
