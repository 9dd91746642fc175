import { describe, expect, it } from 'vitest';
import { planForm } from '#collector/register/set-form.ts';

const FIRST = { code: 'H47.1', nameVi: 'Sở Cũ', level: 'department', parentCode: 'H47' } as const;
const LATER = { ...FIRST, nameVi: 'Sở Mới', from: '2025-03-01' } as const;
const FACTS = {
  agencies: [{ ...FIRST, validTo: '2026-06-30' }],
  versions: [FIRST, LATER],
  numbers: [],
  items: [],
};
const FORM = { nameVi: 'Sở X', level: 'department', parentCode: 'H47' } as const;

describe('planForm()', () => {
  it.each([
    { what: 'begins a version', on: '2026-01-01', isCorrection: false, want: { from: '2026-01-01' } },
    { what: 'replaces one that began that day', on: '2025-03-01', isCorrection: false, want: { from: '2025-03-01' } },
    { what: 'corrects the one of that day', on: '2026-01-01', isCorrection: true, want: { from: '2025-03-01' } },
    { what: 'corrects the first one', on: '2025-02-28', isCorrection: true, want: {} },
  ])('$what', ({ on, isCorrection, want }) => {
    expect(planForm(FACTS, 'H47.1', FORM, { on, isCorrection })).toEqual({
      versions: [{ code: 'H47.1', ...FORM, ...want }],
    });
  });

  it('changes nothing for the form it has', () => {
    const { nameVi, level, parentCode } = LATER;
    expect(planForm(FACTS, 'H47.1', { nameVi, level, parentCode }, { on: '2025-12-01', isCorrection: false })).toEqual(
      {},
    );
  });

  it.each([
    { code: 'H47.2', on: '2026-01-01', want: 'AGENCY_UNKNOWN' },
    { code: 'H47.1', on: '2026-07-01', want: 'AGENCY_INVALID' },
  ])('refuses $code on $on with $want', ({ code, on, want }) => {
    const terms = { on, isCorrection: false };
    expect(() => planForm(FACTS, code, FORM, terms)).toThrow(expect.objectContaining({ code: want }));
  });
});
