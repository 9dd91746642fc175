import { describe, expect, it } from 'vitest';
import { assignAddresses } from '#agent/probes/network/assign-addresses.ts';
import { formatIpv4, formatIpv6 } from '#agent/probes/network/format-address.ts';
import { interfaceKindOf, linkSpeedOf } from '#agent/probes/network/interface-kind.ts';
import { isOwnInterface, parseMac } from '#agent/probes/network/network-interface.ts';
import { parseIpAddress } from '#agent/probes/network/parse-ip-address.ts';
import {
  parseFibTrie,
  parseIfInet6,
  parseProcNetIpv6Route,
  parseProcNetRoute,
} from '#agent/probes/network/parse-proc-net.ts';
import { parseNameServers } from '#agent/probes/network/parse-resolv-conf.ts';
import { TramdoError } from '#shared/errors.ts';

describe('formatIpv4()', () => {
  it.each([
    ['010200C0', '192.0.2.1'],
    ['00000000', '0.0.0.0'],
    ['0102', undefined],
    ['0102ZZC0', undefined],
  ])('reads %s as %s', (hex, want) => {
    expect(formatIpv4(hex)).toBe(want);
  });
});

describe('formatIpv6()', () => {
  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000000000000000000', '2001:db8::'],
    ['20010db8000000010000000000000021', '2001:db8:0:1::21'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000100010001000100000001', '2001:db8:1:1:1:1:0:1'],
    ['20010db8001000000000000000000001', '2001:db8:10::1'],
    ['fe800000000000000a0000fffe005331', 'fe80::a00:ff:fe00:5331'],
    ['20010db8', undefined],
  ])('reads %s as %s', (hex, want) => {
    expect(formatIpv6(hex)).toBe(want);
  });
});

describe('isOwnInterface()', () => {
  it('leaves out loopback, containers, their bridges and tunnels made unasked', () => {
    const names =
      'lo lo0 eth0 veth12ab docker0 br-1a2b br0 virbr0 vnet3 cni0 flannel.1 ifb0 dummy0 sit0 sit1 tunl0 wg0 wlan0';
    expect(names.split(' ').filter(isOwnInterface)).toEqual(['lo0', 'eth0', 'br0', 'sit1', 'wg0', 'wlan0']);
  });
});

describe('parseMac()', () => {
  it.each([
    ['00:00:5E:00:53:01\n', '00:00:5e:00:53:01'],
    ['00:00:00:00:00:00', undefined],
    ['192.0.2.1', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (text, want) => {
    expect(parseMac(text)).toBe(want);
  });
});

describe('parseIpAddress()', () => {
  it('keeps lasting addresses, sorted and without doubles', () => {
    const entry = (local: string, more: object = {}) => ({
      family: 'inet6',
      local,
      prefixlen: 64,
      scope: 'global',
      ...more,
    });
    const text = JSON.stringify([
      {},
      {
        ifname: 'eth0',
        flags: ['UP', 'LOWER_UP'],
        operstate: 'UP',
        address: '00:00:5e:00:53:01',
        unknown_column: [1],
        addr_info: [
          entry('2001:db8::9'),
          entry('2001:db8::2'),
          entry('2001:db8::2'),
          entry('2001:db8::3', { temporary: true }),
          entry('2001:db8::4', { deprecated: true }),
          entry('fe80::1', { scope: 'link' }),
          { family: 'inet', local: '192.0.2.2', prefixlen: 24, scope: 'global' },
          { family: 'inet', prefixlen: -1 },
          'junk',
        ],
      },
    ]);
    expect(parseIpAddress(text)).toEqual([
      {
        name: 'eth0',
        mac: '00:00:5e:00:53:01',
        isUp: true,
        addresses: ['192.0.2.2/24', '2001:db8::2/64', '2001:db8::9/64'],
      },
    ]);
  });

  it('takes a tunnel of unknown state for up only with a carrier', () => {
    const tunnel = (flags: string[]) => JSON.stringify([{ ifname: 'tun0', flags, operstate: 'UNKNOWN' }]);
    expect(parseIpAddress(tunnel(['UP', 'LOWER_UP']))).toEqual([{ name: 'tun0', isUp: true, addresses: [] }]);
    expect(parseIpAddress(tunnel(['NO-CARRIER', 'UP']))).toEqual([{ name: 'tun0', isUp: false, addresses: [] }]);
  });

  it.each(['', '{}', '[1]', '[{"ifname":'])('refuses %j', (text) => {
    expect(() => parseIpAddress(text)).toThrow(TramdoError);
  });
});

describe('parseProcNetRoute()', () => {
  const HEADING = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';

  it('reads gateways and networks on a link, without an end of line and with more columns', () => {
    const text = `${HEADING}eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\tmore\neth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0`;
    expect(parseProcNetRoute(text)).toEqual([
      { interfaceName: 'eth0', destination: '0.0.0.0/0', gateway: '192.0.2.1' },
      { interfaceName: 'eth0', destination: '192.0.2.0/24' },
    ]);
  });

  it('skips routes that are down and lines that do not parse', () => {
    expect(parseProcNetRoute(`${HEADING}eth0\t00000000\t010200C0\t0002\t0\t0\t0\t00000000\neth0\tjunk\n\n`)).toEqual(
      [],
    );
  });
});

describe('parseProcNetIpv6Route()', () => {
  it('reads a gateway and skips the route that refuses', () => {
    const zero = '0'.repeat(32);
    const text = `${zero} 00 ${zero} 00 fe800000000000000000000000000001 00000400 00000002 00000000 00000003     eth0\r\n${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200       lo\njunk`;
    expect(parseProcNetIpv6Route(text)).toEqual([{ interfaceName: 'eth0', destination: '::/0', gateway: 'fe80::1' }]);
  });
});

describe('parseIfInet6()', () => {
  it('leaves out loopback, link-local, temporary and deprecated addresses', () => {
    const text = [
      '00000000000000000000000000000001 01 80 10 80       lo',
      '20010db8000000000000000000000002 02 40 00 80     eth0',
      '20010db8000000000000000000000003 02 40 00 01     eth0',
      '20010db8000000000000000000000004 02 40 00 20     eth0',
      'fe800000000000000000000000000001 02 40 20 80     eth0',
      'junk',
    ].join('\n');
    expect(parseIfInet6(text)).toEqual([{ interfaceName: 'eth0', address: '2001:db8::2/64' }]);
  });
});

describe('parseFibTrie()', () => {
  it('keeps own addresses once, without networks, broadcasts and loopback', () => {
    const text = `Main:
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 192.0.2.0
        /24 link UNICAST
     |-- 192.0.2.2
        /32 host LOCAL
     |-- 192.0.2.255
        /32 link BROADCAST
Local:
     |-- 192.0.2.2
        /32 host LOCAL
`;
    expect(parseFibTrie(text)).toEqual(['192.0.2.2']);
    expect(parseFibTrie('')).toEqual([]);
  });
});

describe('assignAddresses()', () => {
  const routes = [
    { interfaceName: 'eth0', destination: '0.0.0.0/0', gateway: '192.0.2.1' },
    { interfaceName: 'eth0', destination: '192.0.2.0/24' },
    { interfaceName: 'eth1', destination: '192.0.2.128/25' },
  ];

  it('finds the narrowest network that holds an address', () => {
    expect(assignAddresses(['192.0.2.5', '192.0.2.200'], routes)).toEqual([
      { interfaceName: 'eth0', address: '192.0.2.5/24' },
      { interfaceName: 'eth1', address: '192.0.2.200/25' },
    ]);
  });

  it('leaves out an address that no network on a link holds', () => {
    expect(assignAddresses(['198.51.100.1'], routes)).toEqual([]);
  });
});

describe('parseNameServers()', () => {
  it('keeps the order and skips comments, other options and junk', () => {
    const text =
      '; comment\nsearch example.org\nnameserver 192.0.2.9 # first\r\n nameserver\tfe80::1%eth0\n#nameserver 192.0.2.8\nnameserver dns.example.org\nnameserver 192.0.2.1';
    expect(parseNameServers(text)).toEqual(['192.0.2.9', 'fe80::1%eth0', '192.0.2.1']);
  });
});

describe('interfaceKindOf()', () => {
  const plain = { uevent: 'INTERFACE=eth0\nIFINDEX=2\n', type: '1\n', isWireless: false, speed: '1000\n' };

  it.each([
    ['ethernet', plain],
    ['wifi', { ...plain, uevent: 'DEVTYPE=wlan\nINTERFACE=wlan0\n' }],
    ['wifi', { ...plain, isWireless: true }],
    ['mobile', { ...plain, uevent: 'DEVTYPE=wwan\r\n' }],
    ['tunnel', { ...plain, uevent: 'DEVTYPE=wireguard' }],
    ['tunnel', { ...plain, uevent: '', type: '65534\n' }],
    ['other', { ...plain, uevent: 'DEVTYPE=bridge\n' }],
    ['other', { ...plain, type: '512\n' }],
    ['other', { ...plain, uevent: '', type: '' }],
  ])('knows %s', (want, texts) => {
    expect(interfaceKindOf(texts)).toBe(want);
  });

  it.each([
    ['1000\n', 1_000],
    ['-1\n', undefined],
    ['4294967295\n', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads the speed %j as %j', (speed, want) => {
    expect(linkSpeedOf({ ...plain, speed })).toBe(want);
  });

  it('says no speed of a radio', () => {
    expect(linkSpeedOf({ ...plain, isWireless: true })).toBeUndefined();
  });
});
