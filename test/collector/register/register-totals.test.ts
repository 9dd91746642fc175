import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerAt } from '#collector/register/register-state.ts';
import { registerTotals } from '#collector/register/register-totals.ts';
import { DAYS, randomRegister } from './random-register.ts';

describe('registerTotals()', () => {
  it('adds up what was declared and names who has not', () => {
    const unit = (code: string) => ({ code, nameVi: code, level: 'unit' as const, parentCode: 'H47' });
    const number = { subject: 'officials', asOf: '2025-01-01', source: 'QĐ 1' } as const;
    const facts = {
      agencies: [
        { code: 'H47', nameVi: 'Tỉnh', level: 'province' as const },
        unit('H47.1'),
        unit('H47.2'),
        unit('H47.3'),
      ],
      versions: [],
      numbers: [
        { ...number, agencyCode: 'H47.1', value: 7 },
        { ...number, agencyCode: 'H47.2', value: 0 },
      ],
      items: [],
    };
    const totals = registerTotals(registerAt(facts, '2025-02-01'), 'H47');
    expect(totals.find(({ subject }) => subject === 'officials')).toEqual({
      subject: 'officials',
      value: 7,
      declaredCount: 2,
      missing: ['H47', 'H47.3'],
    });
    expect(registerTotals(registerAt(facts, '2025-02-01'), 'H99').map(({ value }) => value)).not.toContain(7);
  });

  it('has parts that add up: own and children of every agency on every day', () => {
    fc.assert(
      fc.property(randomRegister, fc.constantFrom(...DAYS), (facts, day) => {
        const register = registerAt(facts, day);
        for (const { code, numbers } of register.agencies) {
          const parts = register.agencies
            .filter(({ parentCode }) => parentCode === code)
            .map((child) => registerTotals(register, child.code));
          for (const [index, { subject, value, declaredCount, missing }] of registerTotals(register, code).entries()) {
            const below = parts.map((totals) => totals[index]);
            const own = numbers[subject];
            expect({ value, declaredCount, missingCount: missing.length }).toEqual({
              value: below.reduce((sum, part) => sum + (part?.value ?? 0), own?.value ?? 0),
              declaredCount: below.reduce((sum, part) => sum + (part?.declaredCount ?? 0), own === undefined ? 0 : 1),
              missingCount: below.reduce((sum, part) => sum + (part?.missing.length ?? 0), own === undefined ? 1 : 0),
            });
          }
        }
      }),
    );
  });
});
