import { describe, expect, it } from 'vitest';
import { sortGroups } from '#collector/indicators/sort-groups.ts';
import { group, verdicts } from './province.ts';

describe('sortGroups()', () => {
  it('gives the same list whatever the order, and whatever the order of the rules', () => {
    const one = group({ verdicts: { a: 'pass', b: 'fail' } });
    const same = group({ verdicts: { b: 'fail', a: 'pass' } });
    const others = [
      group({ agencyCode: 'H47.01' }),
      group({ kind: 'laptop' }),
      group({ kind: undefined }),
      group({ state: 'lost' }),
      group({ isOnInternet: true }),
      group({ verdicts: verdicts({ 'firewall-on': 'fail' }) }),
      group({ antivirus: [{ product: 'clamav', state: 'active' }] }),
    ];
    const forwards = sortGroups([one, ...others]);
    const backwards = sortGroups([...others.toReversed(), same]);
    expect(forwards).toEqual(backwards);
    expect(forwards[0]?.agencyCode).toBe('H47.01');
  });
});
