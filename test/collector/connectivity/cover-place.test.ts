import { describe, expect, it } from 'vitest';
import { coverPlace } from '#collector/connectivity/cover-place.ts';

const place = { addressRange: '192.0.2.0/25', gateway: '192.0.2.1' };

describe('coverPlace()', () => {
  it.each([
    { range: '192.0.2.0/25', want: 'whole' },
    { range: '192.0.0.0/16', want: 'whole' },
    { range: '192.0.2.64/26', want: 'part' },
    { range: '192.0.2.128/25', want: 'none' },
    { range: '2001:db8::/32', want: 'none' },
    { range: 'moon', want: 'none' },
    { range: '192.0.2.0/24', gateway: '192.0.2.1', want: 'whole' },
    { range: '192.0.2.0/24', gateway: '192.0.2.2', want: 'none' },
  ])('gives $want for $range behind $gateway', ({ want, ...declared }) => {
    expect(coverPlace(place, declared)).toBe(want);
  });

  it('knows an IPv6 gateway in any spelling', () => {
    const six = { addressRange: '2001:db8::/64', gateway: 'fe80::1' };
    expect(coverPlace(six, { range: '2001:db8::/48', gateway: 'FE80:0::1' })).toBe('whole');
  });
});
