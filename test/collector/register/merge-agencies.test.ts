import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerProblems } from '#collector/register/check-register.ts';
import type { DeclaredItem } from '#collector/register/declared-item.ts';
import { planMerge } from '#collector/register/merge-agencies.ts';
import { applyRegisterChange } from '#collector/register/register-change.ts';
import { type RegisterFacts, registerAt } from '#collector/register/register-state.ts';
import { registerTotals } from '#collector/register/register-totals.ts';
import { randomRegister } from './random-register.ts';

const ON = '2025-07-01';
const commune = (code: string) => ({ code, nameVi: `Xã ${code}`, level: 'commune' as const, parentCode: 'H47' });
const number = (
  agencyCode: string,
  subject: 'lan' | 'officials' | 'computers',
  value: number,
  asOf = '2025-01-01',
) => ({
  agencyCode,
  subject,
  value,
  asOf,
  source: 'QĐ 1',
});
const line = (agencyCode: string): DeclaredItem => ({
  kind: 'line',
  agencyCode,
  itemId: 'main',
  asOf: '2025-01-01',
  source: 'HĐ 1',
  hasEnded: false,
  lineKind: 'internet',
  capacityKbps: 1_000,
});
const FACTS: RegisterFacts = {
  agencies: [
    { code: 'H47', nameVi: 'Tỉnh', level: 'province' },
    ...['H47.A', 'H47.B', 'H47.C'].map(commune),
    { code: 'H47.A.1', nameVi: 'Trạm', level: 'unit', parentCode: 'H47.A' },
  ],
  versions: [],
  numbers: [
    number('H47.A', 'officials', 10),
    number('H47.B', 'officials', 7),
    number('H47.A', 'lan', 1),
    number('H47.B', 'lan', 1),
    number('H47.A', 'computers', 9),
  ],
  items: [line('H47.A'), line('H47.B')],
};
const NEW = { code: 'H47.N', nameVi: 'Xã Mới', level: 'commune', parentCode: 'H47' } as const;
const ORDER = { into: 'H47.N', newAgency: NEW, from: ['H47.A', 'H47.B'], on: ON, sumSource: 'NQ 5' };

describe('planMerge()', () => {
  it('begins a new agency that takes over units, sums, lines and the code of the merged', () => {
    const { change, missing, kept } = planMerge(FACTS, ORDER);
    const { agencies } = registerAt(applyRegisterChange(FACTS, change), ON);
    expect(agencies.map(({ code, parentCode }) => `${code} < ${parentCode}`)).toEqual([
      'H47 < undefined',
      'H47.A.1 < H47.N',
      'H47.C < H47',
      'H47.N < H47',
    ]);
    const merged = agencies.at(-1);
    const declared = { asOf: ON, source: 'NQ 5' };
    expect(merged?.numbers).toEqual({ lan: { value: 1, ...declared }, officials: { value: 17, ...declared } });
    expect(merged?.items.map(({ itemId, asOf }) => `${itemId} ${asOf}`)).toEqual([`main ${ON}`, `main-2 ${ON}`]);
    expect({ missing, kept }).toEqual({ missing: [{ subject: 'computers', agencyCodes: ['H47.B'] }], kept: [] });
    expect(change.agencies?.filter(({ replacedBy }) => replacedBy === 'H47.N')).toEqual([
      { ...commune('H47.A'), validTo: '2025-06-30', replacedBy: 'H47.N' },
      { ...commune('H47.B'), validTo: '2025-06-30', replacedBy: 'H47.N' },
    ]);
  });

  it('counts in what an agency that goes on had declared, and keeps what it declared for later', () => {
    const facts = {
      ...FACTS,
      numbers: [...FACTS.numbers, number('H47.C', 'officials', 5), number('H47.C', 'lan', 0, ON)],
    };
    const { change, kept } = planMerge(facts, { into: 'H47.C', from: ['H47.A', 'H47.B'], on: ON, sumSource: 'NQ 5' });
    expect(change.numbers?.map(({ subject, value }) => `${subject} ${value}`)).toEqual(['officials 22']);
    expect(kept).toEqual(['lan']);
  });

  it('declares nothing without a document', () => {
    const { change } = planMerge(FACTS, { into: 'H47.C', from: ['H47.A'], on: ON });
    expect(change).toEqual({
      agencies: [{ ...commune('H47.A'), validTo: '2025-06-30', replacedBy: 'H47.C' }],
      versions: [{ code: 'H47.A.1', nameVi: 'Trạm', level: 'unit', parentCode: 'H47.C', from: ON }],
    });
  });

  it.each([
    { order: { from: [] }, code: 'AGENCY_INVALID', want: /no agency is named in "from"/ },
    { order: { from: ['H47.X'] }, code: 'AGENCY_UNKNOWN', want: /"H47.X"/ },
    { order: { into: 'H47.C' }, code: 'AGENCY_EXISTS', want: /"H47.C"/ },
    { order: { into: 'H47.X', newAgency: undefined }, code: 'AGENCY_UNKNOWN', want: /"H47.X"/ },
    { order: { into: 'H47.A', newAgency: undefined }, code: 'AGENCY_INVALID', want: /it is the one that goes on/ },
  ])('refuses $order with $code', ({ order, code, want }) => {
    const { newAgency = NEW, ...rest } = { ...ORDER, ...order };
    const whole = 'newAgency' in order ? rest : { ...rest, newAgency };
    const refusal = expect.objectContaining({ code, message: expect.stringMatching(want) });
    expect(() => planMerge(FACTS, whole)).toThrow(refusal);
  });

  it('refuses to merge what was merged before', () => {
    const merged = applyRegisterChange(FACTS, planMerge(FACTS, ORDER).change);
    expect(() => planMerge(merged, { into: 'H47.N', from: ['H47.A'], on: ON, sumSource: 'NQ 5' })).toThrow(
      /was replaced by "H47.N" already/,
    );
  });

  it('preserves every total above when all numbers are declared', () => {
    const property = fc.property(randomRegister, fc.nat(), (facts, choice) => {
      const levels = Map.groupBy(facts.agencies, ({ level, parentCode }) => `${level} ${parentCode}`);
      const groups = [...levels.values()].filter((group) => group.length >= 2);
      const [one, ...others] = groups[choice % groups.length] ?? [];
      fc.pre(one !== undefined);
      const whole = {
        ...facts,
        numbers: facts.agencies.flatMap(({ code }, index) => [number(code, 'officials', index)]),
      };
      const order = { into: one.code, from: others.map(({ code }) => code), on: ON, sumSource: 'NQ 5' };
      const merged = applyRegisterChange(whole, planMerge(whole, order).change);
      fc.pre(registerProblems(merged).length === 0);
      const sumOn = (state: RegisterFacts, day: string) =>
        registerTotals(registerAt(state, day), 'H47').find(({ subject }) => subject === 'officials')?.value;
      expect(sumOn(merged, ON)).toBe(sumOn(whole, ON));
      expect(sumOn(merged, '2025-06-30')).toBe(sumOn(whole, '2025-06-30'));
    });
    fc.assert(property);
  });
});
