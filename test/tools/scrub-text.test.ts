import { describe, expect, it } from 'vitest';
import { createScrub, scrubKernelTable } from './scrub-text.ts';

const NOBODY = new Map<string, string>();

describe('createScrub()', () => {
  it('moves networks into the documentation networks and keeps the last number', () => {
    const scrub = createScrub(NOBODY);
    expect(scrub('inet 10.20.30.7/24 via 10.20.30.1 dns 172.16.0.2')).toBe(
      'inet 192.0.2.7/24 via 192.0.2.1 dns 198.51.100.2',
    );
  });

  it('keeps loopback, masks, groups and version numbers', () => {
    const text = '127.0.0.53 255.255.255.0 224.0.0.1 0.0.0.0 169.254.1.1 1.2.3.4-5 v1.2.3.4 999.1.2.3';
    expect(createScrub(NOBODY)(text)).toBe(text);
  });

  it('gives the same stand-in to the same address, in whatever text it stands', () => {
    const scrub = createScrub(NOBODY);
    expect([scrub('3c:52:82:aa:bb:cc'), scrub('x 3C:52:82:AA:BB:CC'), scrub('3c:52:82:00:00:01')]).toEqual([
      '00:00:5e:00:53:00',
      'x 00:00:5e:00:53:00',
      '00:00:5e:00:53:01',
    ]);
  });

  it('replaces IPv6 addresses and leaves link-local ones and times', () => {
    expect(createScrub(NOBODY)('2a02:ab::1/64 fe80::1 ::1 12:30:45')).toBe('2001:db8::1/64 fe80::1 ::1 12:30:45');
  });

  it('numbers accounts of Windows and leaves those that every Windows has', () => {
    const scrub = createScrub(NOBODY);
    expect(scrub('S-1-5-21-111-222-333-1001 S-1-12-1-9-8-7-6 S-1-5-18 S-1-5-21-111-222-333-1001')).toBe(
      'S-1-5-21-1-2-3-1001 S-1-5-21-1-2-3-1002 S-1-5-18 S-1-5-21-1-2-3-1001',
    );
  });

  it('replaces a name only where it is a whole word, the longest first', () => {
    const scrub = createScrub(
      new Map([
        ['vm', 'host1'],
        ['vm.sonoivu.vn', 'host1.example.org'],
      ]),
    );
    expect(scrub('vm.sonoivu.vn vm vmlinuz')).toBe('host1.example.org host1 vmlinuz');
  });
});

describe('scrubKernelTable()', () => {
  it('replaces addresses that the kernel prints as words in host byte order', () => {
    const scrub = createScrub(NOBODY);
    expect(scrubKernelTable('/proc/net/route', 'eth0\t00000000\t011E140A\t0003\t00FFFFFF', scrub)).toBe(
      'eth0\t00000000\t010200C0\t0003\t00FFFFFF',
    );
  });

  it('replaces IPv6 addresses and leaves flags and metrics', () => {
    const scrub = createScrub(NOBODY);
    const row = 'fd000000000000000000000000000000 40 00000400 00450003';
    expect([scrub('fd00::'), scrubKernelTable('/proc/net/ipv6_route', row, scrub)]).toEqual([
      '2001:db8::1',
      '20010db8000000000000000000000001 40 00000400 00450003',
    ]);
  });
});
