import { describe, expect, it } from 'vitest';
import { parseIfconfig } from '#agent/probes/network/parse-ifconfig.ts';
import { parseDefaultGateways } from '#agent/probes/network/parse-netstat.ts';
import { networkProbe } from '#agent/probes/network/probe.ts';
import type { Observation } from '#shared/observations/index.ts';
import { network } from '#shared/observations/network.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost, type HostChanges } from '../changed-host.ts';

const SEEN: Readonly<Record<string, Observation<'network'>>> = {
  'macos-15-laptop-filevault': {
    hostname: 'so-tttt-mac-07',
    interfaces: [
      {
        name: 'en0',
        kind: 'wifi',
        mac: '00:00:5e:00:53:21',
        isUp: true,
        addresses: ['192.0.2.21/24', '2001:db8:1::21/64'],
      },
    ],
    defaultGateways: ['192.0.2.1', 'fe80::53:1'],
    dnsServers: ['192.0.2.53', '2001:db8:1::53'],
  },
  'macos-14-desktop-defender': {
    hostname: 'phong-ke-toan-mini.example.org',
    interfaces: [
      {
        name: 'en0',
        kind: 'ethernet',
        mac: '00:00:5e:00:53:31',
        isUp: true,
        addresses: ['198.51.100.31/25'],
        speedMbps: 1_000,
      },
      { name: 'en1', kind: 'wifi', mac: '00:00:5e:00:53:32', isUp: false, addresses: [] },
      { name: 'utun4', kind: 'tunnel', isUp: true, addresses: ['203.0.113.9/32'] },
    ],
    defaultGateways: ['198.51.100.1'],
    dnsServers: ['198.51.100.53'],
  },
  'macos-15-vietnamese-denied': {
    hostname: 'may-cua-van-thu',
    interfaces: [{ name: 'en0', kind: 'wifi', mac: '00:00:5e:00:53:51', isUp: false, addresses: [] }],
    defaultGateways: [],
    dnsServers: ['192.0.2.53'],
  },
};

async function look(name: string, changes: HostChanges = {}) {
  const seen = await networkProbe.read(changeHost(openRecordedHost(name), changes), EMPTY_CONTEXT);
  expect(network.parse(seen)).toEqual(seen);
  return seen;
}

function ethernet(name: string, lines: readonly string[]): string {
  const body = ['ether 00:00:5e:00:53:01', ...lines, 'type: Ethernet'].map((line) => `\t${line}\n`);
  return `${name}: flags=8863<UP,BROADCAST,RUNNING> mtu 1500 index 4\n${body.join('')}`;
}

describe('network probe on macOS', () => {
  it.each(Object.entries(SEEN))('sees how %s is connected', async (name, want) => {
    expect(await look(name)).toEqual(want);
  });

  it('asks for the host name where the settings name none', async () => {
    const changes: HostChanges = {
      files: { '/Library/Preferences/SystemConfiguration/preferences.plist': 'bplist00' },
      commands: { 'hostname-darwin': { stdout: 'máy-văn-thư.local\n' } },
    };
    expect((await look('macos-15-vietnamese-denied', changes)).hostname).toEqual('máy-văn-thư.local');
  });

  it('knows no gateway when netstat fails, and fails by name without interfaces', async () => {
    const silent = { 'netstat-routes': 'COMMAND_TIMED_OUT' } as const;
    expect((await look('macos-15-laptop-filevault', { commands: silent })).defaultGateways).toEqual([]);
    const commands = { 'ifconfig-verbose': { exitCode: 1 } };
    await expect(look('macos-15-laptop-filevault', { commands })).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
  });

  it('holds forty interfaces', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `en${index}`);
    const stdout = names.map((name) => ethernet(name, ['status: active'])).join('');
    const { interfaces } = await look('macos-15-laptop-filevault', { commands: { 'ifconfig-verbose': { stdout } } });
    expect(interfaces.map(({ name }) => name)).toEqual(names.toSorted());
  });
});

describe('parseIfconfig()', () => {
  it('leaves out the ports of Thunderbolt Bridge and what the system keeps for itself', () => {
    const printed = [
      ethernet('en1', ['status: inactive']),
      'bridge0: flags=8863<UP> mtu 1500 index 9\n\tmember: en1 flags=3<LEARNING,DISCOVER>\n',
      'awdl0: flags=8843<UP,RUNNING> mtu 1500 index 14\n\tstatus: active\n\ttype: Wi-Fi\n',
      'utun0: flags=8051<UP,POINTOPOINT,RUNNING> mtu 1380 index 15\n\tinet6 fe80::1%utun0 prefixlen 64 scopeid 0xf\n',
    ];
    expect(parseIfconfig(printed.join(''))).toEqual([]);
  });

  it('takes no address for one of the card that was drawn for a wireless network', () => {
    const printed =
      'en0: flags=8863<UP,RUNNING> mtu 1500\n\tether 02:00:5e:00:53:01\n\tstatus: active\n\ttype: Wi-Fi\n';
    expect(parseIfconfig(printed)).toEqual([{ name: 'en0', kind: 'wifi', isUp: true, addresses: [] }]);
  });

  it.each([
    ['autoselect (1000baseT <full-duplex>)', 1_000],
    ['autoselect (2500Base-T <full-duplex>)', 2_500],
    ['autoselect (10Gbase-T <full-duplex>)', 10_000],
    ['autoselect (none)', undefined],
    ['autoselect', undefined],
  ])('reads the speed of %s', (media, want) => {
    const [seen] = parseIfconfig(ethernet('en0', [`media: ${media}`, 'status: active']));
    expect(seen?.speedMbps).toEqual(want);
  });

  it('leaves out addresses that do not last', () => {
    const lines = [
      'inet 169.254.7.7 netmask 0xffff0000 broadcast 169.254.255.255',
      'inet 192.0.2.7 netmask 0xfffffe00 broadcast 192.0.3.255',
      'inet6 fe80::7%en0 prefixlen 64 scopeid 0x4',
      'inet6 2001:db8::7 prefixlen 64 dynamic',
      'inet6 2001:db8::8 prefixlen 64 deprecated autoconf',
    ];
    const [seen] = parseIfconfig(ethernet('en0', [...lines, 'status: active']));
    expect(seen?.addresses).toEqual(['192.0.2.7/23', '2001:db8::7/64']);
  });

  it('finds nothing in an empty text', () => {
    expect(parseIfconfig('')).toEqual([]);
  });
});

describe('parseDefaultGateways()', () => {
  it('takes routers and no tunnels', () => {
    const printed = `Internet:
default            192.0.2.1          UGScg                 en0
default            link#20            UCSIg               utun4
192.0.2            link#6             UCS                   en0      !

Internet6:
default                                 fe80::1%en0                             UGcg                  en0
default                                 fe80::%utun0                            UGcIg               utun0
`;
    expect(parseDefaultGateways(printed)).toEqual(['192.0.2.1', 'fe80::1']);
  });
});
