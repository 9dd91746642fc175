import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choosePath } from '#agent/choose-path.ts';
import { parseProcNetIpv6Route, parseProcNetRoute } from '#agent/probes/network/parse-proc-net.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/hosts');

function recordedRoutes(host: string) {
  const table = (name: string) => readFileSync(join(FIXTURES, host, 'root/proc/net', name), 'utf8');
  return [...parseProcNetRoute(table('route')), ...parseProcNetIpv6Route(table('ipv6_route'))];
}

const address = (interfaceName: string, cidr: string) => ({ interfaceName, address: cidr.split('/')[0] ?? '', cidr });

const TWO_LINES = {
  addresses: [
    address('lo', '127.0.0.1/8'),
    address('eth0', '192.0.2.9/24'),
    address('eth0', '2001:db8::9/64'),
    address('wg0', '10.8.0.2/32'),
    address('wlan0', '198.51.100.7/24'),
  ],
  routes: [
    { interfaceName: 'eth0', destination: '0.0.0.0/0', gateway: '192.0.2.1' },
    { interfaceName: 'eth0', destination: '192.0.2.0/24' },
    { interfaceName: 'eth0', destination: '10.0.0.0/8', gateway: '192.0.2.254' },
    { interfaceName: 'wlan0', destination: '0.0.0.0/0', gateway: '198.51.100.1' },
    { interfaceName: 'wg0', destination: '10.8.0.0/16' },
    { interfaceName: 'eth0', destination: '::/0', gateway: 'fe80::1' },
  ],
  defaultGateways: [],
};

describe('choosePath()', () => {
  it.each([
    {
      source: '192.0.2.9',
      target: '203.0.113.5',
      want: { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' },
    },
    { source: '192.0.2.9', target: '192.0.2.77', want: { interface: 'eth0', source: '192.0.2.9/24' } },
    {
      source: '192.0.2.9',
      target: '10.1.2.3',
      want: { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.254' },
    },
    { source: '10.8.0.2', target: '10.8.3.4', want: { interface: 'wg0', source: '10.8.0.2/32' } },
    {
      source: '198.51.100.7',
      target: '203.0.113.5',
      want: { interface: 'wlan0', source: '198.51.100.7/24', gateway: '198.51.100.1' },
    },
    {
      source: '2001:db8::9',
      target: '2001:db8:1::1',
      want: { interface: 'eth0', source: '2001:db8::9/64', gateway: 'fe80::1' },
    },
    {
      source: '192.0.2.9',
      target: undefined,
      want: { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' },
    },
    { source: '127.0.0.1', target: '127.0.0.1', want: { interface: 'lo', source: '127.0.0.1/8' } },
    { source: '203.0.113.9', target: '10.1.2.3', want: undefined },
  ])('goes from $source to $target by the longest prefix of its interface', ({ source, target, want }) => {
    expect(choosePath(TWO_LINES, { source, target })).toEqual(want);
  });

  it.each([
    { host: 'debian-12-desktop', of: 'enp3s0', source: '192.0.2.50/24', gateway: { gateway: '192.0.2.1' } },
    { host: 'ubuntu-24.04-laptop', of: 'tun0', source: '198.51.100.9/24', gateway: { gateway: '198.51.100.1' } },
    { host: 'ubuntu-24.04-laptop', of: 'wlp0s20f3', source: '192.0.2.50/24', gateway: { gateway: '192.0.2.254' } },
    { host: 'rocky-9-server', of: 'eno1', source: '198.51.100.9/25', gateway: { gateway: '198.51.100.1' } },
    { host: 'container-bare', of: 'nowhere', source: '192.0.2.50/24', gateway: {} },
  ])('finds the next hop of $of in the tables of $host', ({ host, of, source, gateway }) => {
    const ways = { addresses: [address(of, source)], routes: recordedRoutes(host), defaultGateways: [] };
    const path = choosePath(ways, { source: source.split('/')[0] ?? '', target: '203.0.113.5' });
    expect(path).toEqual({ interface: of, source, ...gateway });
  });

  it.each([
    { target: '203.0.113.5', defaultGateways: ['198.51.100.1', '192.0.2.1'], gateway: { gateway: '192.0.2.1' } },
    { target: undefined, defaultGateways: ['192.0.2.1'], gateway: { gateway: '192.0.2.1' } },
    { target: '192.0.2.77', defaultGateways: ['192.0.2.1'], gateway: {} },
    { target: '203.0.113.5', defaultGateways: ['198.51.100.1'], gateway: {} },
  ])('takes of $defaultGateways the one beside it where there is no table', ({ target, defaultGateways, gateway }) => {
    const ways = { ...TWO_LINES, routes: undefined, defaultGateways };
    const path = choosePath(ways, { source: '192.0.2.9', target });
    expect(path).toEqual({ interface: 'eth0', source: '192.0.2.9/24', ...gateway });
  });
});
