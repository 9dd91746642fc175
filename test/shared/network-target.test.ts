import { describe, expect, it } from 'vitest';
import { isAddressRange, parseNetworkTarget } from '#shared/network-target.ts';

const PIN = 'A'.repeat(43);

describe('parseNetworkTarget()', () => {
  it.each([
    ['tcp://192.0.2.1:443', { kind: 'tcp', host: '192.0.2.1', port: 443 }],
    ['tcp://[2001:db8::1]:443/', { kind: 'tcp', host: '2001:db8::1', port: 443 }],
    ['https://Example.org', { kind: 'https', host: 'example.org', port: 443, path: '/' }],
    ['https://example.org:8443/a?b=c', { kind: 'https', host: 'example.org', port: 8443, path: '/a?b=c' }],
    ['icmp://example.org', { kind: 'icmp', host: 'example.org' }],
    ['dns://example.org', { kind: 'dns', host: 'example.org', expected: [] }],
    [
      'dns://example.org?expect=192.0.2.0/24,2001:db8::/32',
      { kind: 'dns', host: 'example.org', expected: ['192.0.2.0/24', '2001:db8::/32'] },
    ],
    ['beacon+https://192.0.2.1:8641/', { kind: 'beacon', host: '192.0.2.1', port: 8641 }],
    [`beacon+https://192.0.2.1:8641/#${PIN}`, { kind: 'beacon', host: '192.0.2.1', port: 8641, pin: PIN }],
  ])('reads %s', (text, expected) => {
    expect(parseNetworkTarget(text)).toEqual(expected);
  });

  it.each([
    ['', 'must be one of tcp://host:port'],
    ['example.org', 'must be one of tcp://host:port'],
    ['tcp://user@example.org:1', 'must be one of tcp://host:port'],
    ['ftp://example.org', 'has the unknown kind "ftp"'],
    ['tcp://example.org', 'must be tcp://host:port and nothing more'],
    ['tcp://example.org:0', 'has the port 0'],
    ['tcp://example.org:70000', 'has the port 70000'],
    ['tcp://*.example.org:443', 'has a wildcard'],
    ['tcp://0.0.0.0:443', 'not the one of a host'],
    ['tcp://224.0.0.1:443', 'not the one of a host'],
    ['tcp://[ff02::1]:443', 'not the one of a host'],
    ['tcp://[::]:443', 'not the one of a host'],
    ['tcp://300.1.1.1:443', 'allowed is a DNS name or one address'],
    ['tcp://2001:db8::1:443', 'must be one of tcp://host:port'],
    ['icmp://example.org/24', 'must be icmp://host and nothing more'],
    ['dns://192.0.2.1', 'must be dns://name'],
    ['dns://example.org?expect=192.0.2.0', 'must be dns://name'],
    ['https://example.org/#top', 'without "#"'],
    ['beacon+https://example.org/#short', 'where the pin has 43 characters'],
    ['beacon+https://example.org/receipts', 'where the pin has 43 characters'],
  ])('refuses %s', (text, problem) => {
    expect(parseNetworkTarget(text)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('isAddressRange()', () => {
  it.each([
    ['192.0.2.0/24', true],
    ['2001:db8::/128', true],
    ['192.0.2.0/33', false],
    ['192.0.2.0', false],
    ['192.0.2.0/24/1', false],
    ['example.org/24', false],
  ])('says of %s: %s', (text, expected) => {
    expect(isAddressRange(text)).toBe(expected);
  });
});
