import { expect, it } from 'vitest';
import type { RegisterFacts } from '#collector/register/register-state.ts';
import type { Store } from '#collector/store/store.ts';

const FACTS: RegisterFacts = {
  agencies: [
    { code: 'H47', nameVi: 'Tỉnh', level: 'province' },
    { code: 'H47.12', nameVi: 'Sở Tài chính', nameEn: 'Finance', level: 'department', parentCode: 'H47' },
    { code: 'H47.13', nameVi: 'Sở Cũ', level: 'department', validTo: '2025-02-28', replacedBy: 'H47.12' },
  ],
  versions: [
    { code: 'H47', nameVi: 'Tỉnh', level: 'province' },
    { code: 'H47.12', nameVi: 'Sở Tài chính - Kế hoạch', level: 'department' },
    {
      code: 'H47.12',
      from: '2025-03-01',
      nameVi: 'Sở Tài chính',
      nameEn: 'Finance',
      level: 'department',
      parentCode: 'H47',
    },
    { code: 'H47.13', nameVi: 'Sở Cũ', level: 'department' },
  ],
  numbers: [
    { agencyCode: 'H47.12', subject: 'lan', value: 1, asOf: '2025-01-01', source: 'QĐ 1' },
    { agencyCode: 'H47.12', subject: 'officials', value: 10, asOf: '2025-01-01', source: 'QĐ 1' },
    { agencyCode: 'H47.12', subject: 'officials', value: 12, asOf: '2026-01-01', source: 'QĐ 2' },
  ],
  items: [
    {
      kind: 'line',
      agencyCode: 'H47.12',
      itemId: 'main',
      asOf: '2025-01-01',
      source: 'HĐ 1',
      hasEnded: false,
      lineKind: 'internet',
      capacityKbps: 100_000,
      provider: 'VNPT',
    },
    {
      kind: 'system',
      agencyCode: 'H47.12',
      itemId: 'portal',
      asOf: '2025-01-01',
      source: 'QĐ 3',
      hasEnded: true,
      name: 'Cổng thông tin',
      hasPlan: false,
    },
  ],
};

/** What every store must do with the register as a whole. */
export function describeRegisterStore(open: () => Promise<Store>): void {
  it('gives back every fact that was saved, in order', async () => {
    const { register } = await open();
    await register.save(FACTS);
    expect(await register.facts()).toEqual(FACTS);
  });

  it('replaces facts with the same key and shows the newest version of an agency in its row', async () => {
    const { agencies, register } = await open();
    await register.save(FACTS);
    const renamed = { code: 'H47.12', from: '2026-01-01', nameVi: 'Sở Tài chính mới', level: 'department' } as const;
    const number = {
      agencyCode: 'H47.12',
      subject: 'officials',
      value: 11,
      asOf: '2025-01-01',
      source: 'QĐ 9',
    } as const;
    await register.save({ versions: [renamed], numbers: [number] });
    const { versions, numbers } = await register.facts();
    expect(versions).toHaveLength(FACTS.versions.length + 1);
    expect(numbers).toEqual(FACTS.numbers.with(1, number));
    expect(await agencies.find('H47.12')).toEqual({ code: 'H47.12', nameVi: 'Sở Tài chính mới', level: 'department' });
    await register.remove({ versions: [renamed] });
    expect(await agencies.find('H47.12')).toEqual(FACTS.agencies[1]);
  });

  it('gives an agency that is added by itself its first version', async () => {
    const { agencies, register } = await open();
    await agencies.add({ code: 'H48', nameVi: 'Tỉnh', level: 'province', validFrom: '2025-07-01' });
    expect((await register.facts()).versions).toEqual([{ code: 'H48', nameVi: 'Tỉnh', level: 'province' }]);
  });

  it('forgets facts by their keys', async () => {
    const { register } = await open();
    await register.save(FACTS);
    const { numbers, items } = FACTS;
    await register.remove({ numbers, items, agencyCodes: ['H47.12', 'H99'] });
    expect(await register.facts()).toEqual({
      agencies: FACTS.agencies.filter(({ code }) => code !== 'H47.12'),
      versions: FACTS.versions.filter(({ code }) => code !== 'H47.12'),
      numbers: [],
      items: [],
    });
  });

  it('counts its changes, also those of single agencies, unless they are rolled back', async () => {
    const store = await open();
    expect(await store.register.changeCount()).toBe(0);
    await store.register.save(FACTS);
    await store.agencies.declare({ agencyCode: 'H47', subject: 'lan', value: 0, asOf: '2026-01-01', source: 'x' });
    await store.register.remove({ agencyCodes: ['H47.13'] });
    const failing = store.transaction(async ({ agencies }) => {
      await agencies.add({ code: 'H48', nameVi: 'x', level: 'unit' });
      throw new RangeError('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await store.register.changeCount()).toBe(3);
  });
}
