import { describe, expect, it } from 'vitest';
import { agencyInCharge } from '#collector/register/agency-in-charge.ts';

const unit = (code: string, more: object = {}) => ({ code, nameVi: code, level: 'unit' as const, ...more });

const AGENCIES = [
  unit('A', { validTo: '2025-06-30', replacedBy: 'B' }),
  unit('B', { validTo: '2025-12-31', replacedBy: 'C' }),
  unit('C', { validFrom: '2026-01-01' }),
  unit('D', { validTo: '2025-06-30' }),
  unit('E', { validTo: '2025-01-31', replacedBy: 'F' }),
  unit('F', { validTo: '2025-01-31', replacedBy: 'E' }),
];

describe('agencyInCharge()', () => {
  it.each([
    { code: 'A', day: '2025-06-30', want: 'A' },
    { code: 'A', day: '2025-07-01', want: 'B' },
    { code: 'A', day: '2026-01-01', want: 'C' },
    { code: 'C', day: '2020-01-01', want: 'C' },
    { code: 'D', day: '2025-07-01', want: undefined },
    { code: 'E', day: '2026-01-01', want: undefined },
    { code: 'X', day: '2026-01-01', want: undefined },
  ])('says that $want answers for $code on $day', ({ code, day, want }) => {
    expect(agencyInCharge({ agencies: AGENCIES }, code, day)?.code).toBe(want);
  });
});
