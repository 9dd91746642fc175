import { describe, expect, it } from 'vitest';
import { RegisterCache } from '#collector/register/register-cache.ts';

const facts = (code: string) => ({
  agencies: [{ code, nameVi: code, level: 'unit' as const }],
  versions: [],
  numbers: [],
  items: [],
});

/** A store that answers one count after the other, and facts named by how often they were read. */
function changingRegister(counts: number[]) {
  let readCount = 0;
  return {
    changeCount: async () => counts.shift() ?? 9,
    facts: async () => {
      readCount += 1;
      return facts(`H${readCount}`);
    },
  };
}

describe('RegisterCache', () => {
  it('reads again what changed while it was read', async () => {
    const cache = new RegisterCache(changingRegister([1, 2, 2]));
    expect((await cache.facts()).agencies.map(({ code }) => code)).toEqual(['H2']);
  });

  it('holds facts and days until something changes', async () => {
    const cache = new RegisterCache(changingRegister([1, 1, 1, 1, 2]));
    const first = await cache.state('2026-01-01');
    expect(await cache.state('2026-01-01')).toBe(first);
    expect((await cache.state('2026-01-02')).agencies.map(({ code }) => code)).toEqual(['H1']);
    expect((await cache.state('2026-01-01')).agencies.map(({ code }) => code)).toEqual(['H3']);
  });

  it('gives a transaction its own facts and does not hold them', async () => {
    const cache = new RegisterCache(changingRegister([1, 1, 1]));
    await cache.facts();
    expect(await cache.factsWithin({ changeCount: async () => 1, facts: async () => facts('X') })).toEqual(facts('H1'));
    expect(await cache.factsWithin({ changeCount: async () => 2, facts: async () => facts('X') })).toEqual(facts('X'));
    expect(await cache.facts()).toEqual(facts('H1'));
  });
});
