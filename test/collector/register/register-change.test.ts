import { describe, expect, it } from 'vitest';
import { applyRegisterChange } from '#collector/register/register-change.ts';

const UNIT = { code: 'H47.1', nameVi: 'Trạm', level: 'unit' } as const;
const NUMBER = { agencyCode: 'H47.1', subject: 'lan', value: 1, asOf: '2025-01-01', source: 'QĐ 1' } as const;
const FACTS = { agencies: [UNIT], versions: [UNIT], numbers: [NUMBER], items: [] };

describe('applyRegisterChange()', () => {
  it('replaces what has the same key and adds the rest', () => {
    const changed = { ...NUMBER, value: 0 };
    const added = { ...NUMBER, asOf: '2026-01-01' };
    expect(applyRegisterChange(FACTS, { numbers: [changed, added] })).toEqual({ ...FACTS, numbers: [changed, added] });
  });

  it('gives a new agency its first version, without its validity', () => {
    const added = { code: 'H47.2', nameVi: 'Trạm 2', level: 'unit', validFrom: '2025-07-01' } as const;
    expect(applyRegisterChange(FACTS, { agencies: [added] })).toEqual({
      ...FACTS,
      agencies: [UNIT, added],
      versions: [UNIT, { code: 'H47.2', nameVi: 'Trạm 2', level: 'unit' }],
    });
  });
});
