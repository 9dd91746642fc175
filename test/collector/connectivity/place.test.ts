import { describe, expect, it } from 'vitest';
import { isInRanges, isInsidePlace, normalAddress, ownAddressOf, placeOf } from '#collector/connectivity/place.ts';

describe('placeOf()', () => {
  it.each([
    { source: '192.0.2.77/24', gateway: '192.0.2.1', want: { addressRange: '192.0.2.0/24', gateway: '192.0.2.1' } },
    { source: '192.0.2.77/26', gateway: undefined, want: { addressRange: '192.0.2.64/26', gateway: '' } },
    { source: '198.51.100.9/32', gateway: '', want: { addressRange: '198.51.100.9/32', gateway: '' } },
    {
      source: '2001:db8:0:7:ffff::12/64',
      gateway: 'fe80::1%eth0',
      want: { addressRange: '2001:db8:0:7::/64', gateway: 'fe80::1' },
    },
    { source: '192.0.2.77', gateway: '192.0.2.1', want: undefined },
    { source: '192.0.2.77/24', gateway: 'router', want: undefined },
    { source: '', gateway: undefined, want: undefined },
  ])('says $want for $source by $gateway', ({ source, gateway, want }) => {
    expect(placeOf({ source, gateway })).toEqual(want);
  });
});

describe('isInsidePlace()', () => {
  const path = { source: '192.0.2.77/24', gateway: '192.0.2.1' };

  it.each([
    { range: '192.0.2.0/24', gateway: undefined, want: true },
    { range: '192.0.0.0/16', gateway: undefined, want: true },
    { range: '192.0.2.0/24', gateway: '192.0.2.1', want: true },
    { range: '192.0.2.0/24', gateway: '192.0.2.254', want: false },
    { range: '192.0.2.0/26', gateway: undefined, want: false },
    { range: '2001:db8::/32', gateway: undefined, want: false },
  ])('says $want for $range by $gateway', ({ range, gateway, want }) => {
    expect(isInsidePlace(path, { range, gateway })).toBe(want);
  });

  it('needs the gateway that was declared', () => {
    expect(isInsidePlace({ source: '192.0.2.77/24' }, { range: '192.0.2.0/24', gateway: '192.0.2.1' })).toBe(false);
  });
});

describe('normalAddress()', () => {
  it.each([
    { text: '2001:DB8:0:0::1', want: '2001:db8::1' },
    { text: '::ffff:192.0.2.1', want: '192.0.2.1' },
    { text: 'fe80::1%3', want: 'fe80::1' },
    { text: '192.0.2', want: undefined },
  ])('says $want for $text', ({ text, want }) => {
    expect(normalAddress(text)).toBe(want);
  });

  it('is the address of a way out without its prefix', () => {
    expect(ownAddressOf({ source: '::ffff:192.0.2.9/120' })).toBe('192.0.2.9');
    expect(ownAddressOf({ source: 'nothing' })).toBeUndefined();
  });
});

describe('isInRanges()', () => {
  it('compares addresses of one family only', () => {
    expect(isInRanges('192.0.2.9', ['2001:db8::/32', '192.0.2.0/28'])).toBe(true);
    expect(isInRanges('192.0.2.19', ['2001:db8::/32', '192.0.2.0/28'])).toBe(false);
    expect(isInRanges('pc', ['0.0.0.0/0'])).toBe(false);
  });
});
