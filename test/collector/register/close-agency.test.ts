import { describe, expect, it } from 'vitest';
import { planClosing } from '#collector/register/close-agency.ts';

const DISTRICT = { code: 'H47.2', nameVi: 'Huyện', level: 'district', validFrom: '2020-01-01' } as const;
const UNIT = { code: 'H47.2.1', nameVi: 'Trạm', level: 'unit', parentCode: 'H47.2' } as const;
const FACTS = {
  agencies: [{ code: 'H47', nameVi: 'Tỉnh', level: 'province' as const }, DISTRICT, UNIT],
  versions: [UNIT, { ...UNIT, nameVi: 'Trạm mới', from: '2026-01-01' }],
  numbers: [],
  items: [],
};

describe('planClosing()', () => {
  it('ends an agency the day before, and leaves what is below it', () => {
    expect(planClosing(FACTS, { code: 'H47.2', on: '2025-07-01' })).toEqual({
      agencies: [{ ...DISTRICT, validTo: '2025-06-30' }],
    });
  });

  it('puts what is below it, now and in versions to come, under the replacement', () => {
    expect(planClosing(FACTS, { code: 'H47.2', on: '2025-07-01', replacedBy: 'H47' })).toEqual({
      agencies: [{ ...DISTRICT, validTo: '2025-06-30', replacedBy: 'H47' }],
      versions: [
        { ...UNIT, parentCode: 'H47', from: '2025-07-01' },
        { ...UNIT, nameVi: 'Trạm mới', parentCode: 'H47', from: '2026-01-01' },
      ],
    });
  });

  it.each([
    { code: 'H47.9', on: '2025-07-01', want: 'AGENCY_UNKNOWN' },
    { code: 'H47.2', on: '2020-01-01', want: 'AGENCY_INVALID' },
  ])('refuses to end $code on $on with $want', ({ code, on, want }) => {
    expect(() => planClosing(FACTS, { code, on })).toThrow(expect.objectContaining({ code: want }));
  });
});
