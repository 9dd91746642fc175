import { describe, expect, it } from 'vitest';
import { isInRanges, plainAddress } from '#agent/host/attempts/address-ranges.ts';

describe('isInRanges()', () => {
  it.each([
    { address: '192.0.2.7', ranges: ['192.0.2.0/24'], want: true },
    { address: '192.0.3.7', ranges: ['192.0.2.0/24'], want: false },
    { address: '192.0.2.7', ranges: ['198.51.100.0/24', '192.0.2.4/30'], want: true },
    { address: '203.0.113.9', ranges: ['0.0.0.0/0'], want: true },
    { address: '2001:db8::1', ranges: ['0.0.0.0/0'], want: false },
    { address: '2001:db8:1::9', ranges: ['2001:db8::/32'], want: true },
    { address: '::ffff:192.0.2.7', ranges: ['192.0.2.0/24'], want: true },
    { address: 'fe80::1%eth0', ranges: ['fe80::/10'], want: true },
    { address: '192.0.2.7', ranges: [], want: false },
    { address: '192.0.2.7', ranges: ['nonsense', '192.0.2.0/33', '192.0.2.0'], want: false },
    { address: 'portal.example', ranges: ['0.0.0.0/0', '::/0'], want: false },
  ])('says $want for $address in $ranges', ({ address, ranges, want }) => {
    expect(isInRanges(address, ranges)).toBe(want);
  });
});

describe('plainAddress()', () => {
  it.each([
    { address: '192.0.2.1', want: '192.0.2.1' },
    { address: '::ffff:192.0.2.1', want: '192.0.2.1' },
    { address: 'fe80::1%12', want: 'fe80::1' },
    { address: '2001:db8::ffff:1', want: '2001:db8::ffff:1' },
  ])('writes $address as $want', ({ address, want }) => {
    expect(plainAddress(address)).toBe(want);
  });
});
