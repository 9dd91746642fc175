import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agency, AgencyVersion } from '#collector/register/agency.ts';
import { newProblems, registerProblems } from '#collector/register/check-register.ts';
import { randomRegister } from './random-register.ts';

const PROVINCE = agency('H47', 'province');
const DEPARTMENT = agency('H47.12', 'department', { parentCode: 'H47' });
const UNIT = agency('H47.12.01', 'unit', { parentCode: 'H47.12' });
const SOUND = [PROVINCE, DEPARTMENT, UNIT];

function agency(code: string, level: Agency['level'], more: Partial<Agency> = {}): Agency {
  return { code, nameVi: code, level, ...more };
}

function version(code: string, from: string, more: Partial<AgencyVersion>): AgencyVersion {
  return { code, nameVi: code, level: 'unit', from, ...more };
}

describe('registerProblems()', () => {
  it('finds none in a sound tree, with districts until their end', () => {
    const district = agency('H47.20', 'district', { parentCode: 'H47', validTo: '2025-06-30' });
    const commune = agency('H47.20.01', 'commune', { parentCode: 'H47.20' });
    const moved = [
      { code: 'H47.20.01', nameVi: 'x', level: 'commune', parentCode: 'H47.20' } as const,
      version('H47.20.01', '2025-07-01', { level: 'commune', parentCode: 'H47' }),
    ];
    expect(registerProblems({ agencies: [...SOUND, district, commune], versions: moved })).toEqual([]);
  });

  it.each([
    {
      what: 'a parent that is not there',
      agencies: [UNIT],
      want: { field: 'parentCode', value: 'H47.12', reason: 'parent-unknown' },
    },
    {
      what: 'a parent that began later',
      agencies: [
        { ...PROVINCE, validFrom: '2025-07-01' },
        { ...DEPARTMENT, validFrom: '2025-01-01' },
      ],
      want: { field: 'parentCode', value: 'H47', reason: 'parent-not-valid', day: '2025-01-01' },
    },
    {
      what: 'a parent that ended',
      agencies: [{ ...PROVINCE, validTo: '2025-06-30' }, DEPARTMENT],
      want: { field: 'parentCode', value: 'H47', reason: 'parent-not-valid', day: '2025-07-01' },
    },
    {
      what: 'itself as the parent',
      agencies: [{ ...PROVINCE, parentCode: 'H47' }],
      want: { field: 'parentCode', value: 'H47', reason: 'parent-below' },
    },
    {
      what: 'a level that may not stand there',
      agencies: [PROVINCE, agency('H47.30', 'commune', { parentCode: 'H47' }), { ...DEPARTMENT, parentCode: 'H47.30' }],
      want: { field: 'level', value: 'department', reason: 'level-under-level', allowed: ['province'] },
    },
    {
      what: 'a district that goes on',
      agencies: [PROVINCE, agency('H47.20', 'district', { parentCode: 'H47' })],
      want: { field: 'level', value: 'district', reason: 'level-ended', day: '2025-06-30' },
    },
    {
      what: 'an end before the beginning',
      agencies: [{ ...PROVINCE, validFrom: '2025-07-01', validTo: '2025-06-30' }],
      want: { field: 'validTo', value: '2025-06-30', reason: 'ends-before-it-begins', day: '2025-07-01' },
    },
    {
      what: 'a replacement without an end',
      agencies: [PROVINCE, { ...DEPARTMENT, replacedBy: 'H47' }],
      want: { field: 'replacedBy', value: 'H47', reason: 'replaced-without-end' },
    },
    {
      what: 'a replacement that is not there',
      agencies: [{ ...PROVINCE, validTo: '2025-06-30', replacedBy: 'H48' }],
      want: { field: 'replacedBy', value: 'H48', reason: 'replacement-unknown' },
    },
    {
      what: 'two agencies that replace each other',
      agencies: [
        { ...PROVINCE, validTo: '2025-06-30', replacedBy: 'H48' },
        agency('H48', 'province', { validTo: '2025-12-31', replacedBy: 'H47' }),
      ],
      want: { field: 'replacedBy', value: 'H47', reason: 'replacement-not-valid', day: '2026-01-01' },
    },
  ] as const)('finds $what', ({ agencies, want }) => {
    const agencyCode = agencies.at(-1)?.code;
    expect(registerProblems({ agencies, versions: [] })).toEqual([{ agencyCode, ...want }]);
  });

  it('finds units that stand under each other from a day on', () => {
    const other = agency('H47.12.02', 'unit', { parentCode: 'H47.12.01' });
    const moved = [UNIT, version(UNIT.code, '2026-01-01', { parentCode: other.code })];
    expect(registerProblems({ agencies: [...SOUND, other], versions: moved })).toEqual([
      { agencyCode: UNIT.code, field: 'parentCode', value: other.code, reason: 'parent-below' },
    ]);
  });

  it('finds none in random sound registers', () => {
    fc.assert(
      fc.property(randomRegister, (facts) => {
        expect(registerProblems(facts)).toEqual([]);
      }),
    );
  });
});

describe('newProblems()', () => {
  it('leaves out what was wrong before', () => {
    const before = { agencies: [UNIT], versions: [] };
    const after = { agencies: [UNIT, { ...PROVINCE, replacedBy: 'H48' }], versions: [] };
    expect(newProblems(before, after).map(({ reason }) => reason)).toEqual(['replacement-unknown']);
  });
});
