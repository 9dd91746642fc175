import { describe, expect, it } from 'vitest';
import { describeWindowsInterfaces } from '#agent/probes/network/describe-windows-interfaces.ts';
import { networkProbe } from '#agent/probes/network/probe.ts';
import { isRoutedAddress, windowsCidr } from '#agent/probes/network/windows-address.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';

const seen = (name: string) => networkProbe.read(openRecordedHost(name), EMPTY_CONTEXT);

describe('networkProbe on Windows', () => {
  it('sees a laptop in a domain, with a VPN that is there but down', async () => {
    expect(await seen('windows-11-24h2-domain-kaspersky')).toEqual({
      hostname: 'LT-VANTHU-07',
      interfaces: [
        { name: 'Bluetooth Network Connection', kind: 'other', mac: '00:00:5e:00:53:05', isUp: false, addresses: [] },
        { name: 'Ethernet', kind: 'ethernet', mac: '00:00:5e:00:53:03', isUp: false, addresses: [] },
        { name: 'Ethernet 2', kind: 'tunnel', mac: '00:00:5e:00:53:04', isUp: false, addresses: [] },
        {
          name: 'Wi-Fi',
          kind: 'wifi',
          mac: '00:00:5e:00:53:02',
          isUp: true,
          addresses: ['198.51.100.40/24', '2001:db8::40/64'],
        },
      ],
      defaultGateways: ['198.51.100.1'],
      dnsServers: ['198.51.100.10', '198.51.100.11'],
      membership: 'domain',
      domain: 'so-tt.example.org',
    });
  });

  it('keeps Vietnamese letters of host and interfaces', async () => {
    const { hostname, interfaces } = await seen('windows-11-23h2-vietnamese-eset');
    expect([hostname, ...interfaces.map(({ name }) => name)]).toEqual([
      'MÁY-VĂN-THƯ',
      'Kết nối Mạng Bluetooth',
      'Wi-Fi',
    ]);
  });

  it('leaves the inner networks of virtual machines out', async () => {
    const { interfaces } = await seen('windows-11-24h2-bkav');
    expect(interfaces.map(({ name }) => name)).toEqual(['Ethernet']);
  });

  it('sees 40 interfaces', async () => {
    const { interfaces } = await seen('windows-server-2019-defender');
    expect([interfaces.length, interfaces.filter(({ isUp }) => isUp).map(({ name }) => name)]).toEqual([
      40,
      ['Ethernet 1', 'Ethernet 2'],
    ]);
  });

  it('sees a machine without a default route', async () => {
    expect(await seen('windows-10-22h2-cloned')).toEqual({
      hostname: 'PC-CLONE',
      interfaces: [
        { name: 'Ethernet', kind: 'ethernet', mac: '00:00:5e:00:53:40', isUp: true, addresses: [], speedMbps: 100 },
      ],
      defaultGateways: [],
      dnsServers: [],
      membership: 'workgroup',
    });
  });
});

const found = {
  hostname: 'PC',
  dnsHostname: undefined,
  computerName: undefined,
  domain: undefined,
  isInDomain: false,
  workgroup: undefined,
  adapters: [],
  cards: [],
  configurations: [],
};
const card = { index: 1, status: 2, mac: '00:00:5E:00:53:01', speed: 2 ** 63, typeId: 0 };
const vms = {
  name: 'vEthernet (LAN)',
  index: 7,
  interfaceType: 6,
  medium: 0,
  operationalStatus: 1,
  mac: '00005E005307',
  permanentMac: undefined,
  speed: undefined,
  isVirtual: true,
  isHardware: false,
  componentId: 'vms_mp',
};

describe('describeWindowsInterfaces()', () => {
  it('makes do with Win32_NetworkAdapter', () => {
    const cards = [
      { ...card, name: 'Ethernet', isPhysical: true, deviceId: 'PCI\\VEN_8086' },
      { ...card, name: 'VPN', isPhysical: false, deviceId: 'ROOT\\NET\\TAP0901', status: 7 },
    ];
    expect(describeWindowsInterfaces({ ...found, cards })).toEqual([
      { name: 'Ethernet', kind: 'other', mac: '00:00:5e:00:53:01', isUp: true, addresses: [] },
      { name: 'VPN', kind: 'tunnel', mac: '00:00:5e:00:53:01', isUp: false, addresses: [] },
    ]);
  });

  it('keeps the switch of Hyper-V that holds the way out', () => {
    const lan = {
      index: 7,
      metric: 25,
      addresses: ['192.0.2.7'],
      masks: ['255.255.255.0'],
      gateways: ['192.0.2.1'],
      dnsServers: [],
    };
    expect(describeWindowsInterfaces({ ...found, adapters: [vms], configurations: [lan] })).toEqual([
      { name: 'vEthernet (LAN)', kind: 'other', mac: '00:00:5e:00:53:07', isUp: true, addresses: ['192.0.2.7/24'] },
    ]);
  });

  it('keeps those with a line when there are too many', () => {
    const socket = (index: number) => ({
      ...vms,
      componentId: 'PCI',
      isVirtual: false,
      index,
      name: `Ethernet ${index}`,
    });
    const adapters = Array.from({ length: 100 }, (_, at) => ({ ...socket(at), operationalStatus: at === 99 ? 1 : 2 }));
    const names = describeWindowsInterfaces({ ...found, adapters }).map(({ name }) => name);
    expect([names.length, names.includes('Ethernet 99')]).toEqual([64, true]);
  });
});

describe('windowsCidr()', () => {
  it.each([
    ['192.0.2.7', '255.255.255.128', '192.0.2.7/25'],
    ['192.0.2.7', '255.255.255.255', '192.0.2.7/32'],
    ['2001:DB8::7', '64', '2001:db8::7/64'],
    ['192.0.2.7', '255.0.255.0', undefined],
    ['192.0.2.7', '', undefined],
    ['169.254.1.1', '255.255.0.0', undefined],
    ['fe80::1', '64', undefined],
    ['2001:db8::7', '999', undefined],
  ])('writes %s with %s', (address, mask, want) => {
    expect(windowsCidr(address, mask)).toBe(want);
  });
});

describe('isRoutedAddress()', () => {
  it('knows what stays on a link', () => {
    const texts = ['192.0.2.1', '0.0.0.0', '169.254.0.1', 'febf::1', '2001:db8::1', '::', 'PC'];
    expect(texts.filter(isRoutedAddress)).toEqual(['192.0.2.1', '2001:db8::1']);
  });
});
