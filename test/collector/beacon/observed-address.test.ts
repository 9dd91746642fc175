import { describe, expect, it } from 'vitest';
import { askerOf, observedAddress } from '#collector/beacon/observed-address.ts';

describe('observedAddress()', () => {
  it.each([
    { remote: '::ffff:10.1.2.3', address: '10.1.2.3' },
    { remote: '10.1.2.3', address: '10.1.2.3' },
    { remote: '2001:db8::1', address: '2001:db8::1' },
    { remote: 'fe80::1%eth0', address: 'fe80::1' },
  ])('writes $remote as $address', ({ remote, address }) => {
    expect(observedAddress(remote)).toBe(address);
  });
});

describe('askerOf()', () => {
  it.each([
    { address: '10.1.2.3', asker: '10.1.2.3' },
    { address: '2001:db8:1:2:3:4:5:6', asker: '2001:db8:1:2' },
    { address: '2001:db8::1', asker: '2001:db8:0:0' },
    { address: '2001:db8::', asker: '2001:db8:0:0' },
    { address: '::1', asker: '0:0:0:0' },
  ])('counts $address as $asker', ({ address, asker }) => {
    expect(askerOf(address)).toBe(asker);
  });
});
