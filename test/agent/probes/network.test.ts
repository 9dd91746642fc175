import { describe, expect, it } from 'vitest';
import { networkProbe } from '#agent/probes/network/probe.ts';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import { network } from '#shared/observations/network.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';

const SEEN: Readonly<Record<string, Observation<'network'>>> = {
  'container-bare': {
    hostname: '3f1d2c4b5a69',
    interfaces: [
      {
        name: 'eth0',
        kind: 'ethernet',
        mac: '00:00:5e:00:53:31',
        isUp: true,
        addresses: ['192.0.2.2/24', '2001:db8:0:2::2/64'],
        speedMbps: 10_000,
      },
    ],
    defaultGateways: ['192.0.2.1', '2001:db8:0:2::1'],
    dnsServers: ['192.0.2.1'],
  },
  'debian-12-desktop': {
    hostname: 'pc-van-thu-01',
    interfaces: [
      {
        name: 'enp3s0',
        kind: 'ethernet',
        mac: '00:00:5e:00:53:01',
        isUp: true,
        addresses: ['192.0.2.21/24', '2001:db8:1::21/64'],
        speedMbps: 1_000,
      },
    ],
    defaultGateways: ['192.0.2.1', 'fe80::1'],
    dnsServers: ['192.0.2.53', '2001:db8:1::53'],
  },
  'rocky-9-server': {
    hostname: 'srv01.example.org',
    interfaces: [
      {
        name: 'eno1',
        kind: 'ethernet',
        mac: '00:00:5e:00:53:21',
        isUp: true,
        addresses: ['198.51.100.10/25'],
        speedMbps: 10_000,
      },
      { name: 'eno2', kind: 'ethernet', mac: '00:00:5e:00:53:22', isUp: false, addresses: [] },
    ],
    defaultGateways: ['198.51.100.1'],
    dnsServers: ['198.51.100.2'],
  },
  'ubuntu-24.04-laptop': {
    hostname: 'laptop-phong-khth',
    interfaces: [
      { name: 'enp0s31f6', kind: 'ethernet', mac: '00:00:5e:00:53:10', isUp: false, addresses: [] },
      { name: 'tun0', kind: 'tunnel', isUp: true, addresses: ['198.51.100.6/24'] },
      { name: 'wlp0s20f3', kind: 'wifi', mac: '00:00:5e:00:53:11', isUp: true, addresses: ['192.0.2.140/24'] },
      { name: 'wwan0', kind: 'mobile', isUp: false, addresses: [] },
    ],
    defaultGateways: ['192.0.2.254', '198.51.100.1'],
    dnsServers: ['198.51.100.53', '192.0.2.254'],
  },
};

describe('networkProbe', () => {
  it.each(Object.entries(SEEN))('sees interfaces and the way out of %s', async (name, want) => {
    const seen = await networkProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(want);
    expect(network.parse(seen)).toEqual(want);
  });

  it('reads /proc and /sys where `ip` knows no JSON', async () => {
    const host = {
      ...openRecordedHost('container-bare'),
      run: async () => ({ stdout: '', stderr: 'BusyBox', exitCode: 1 }),
    };
    expect(await networkProbe.read(host, EMPTY_CONTEXT)).toEqual(SEEN['container-bare']);
  });

  it('does without what is closed or answers with an error', async () => {
    const recorded = openRecordedHost('rocky-9-server');
    const host = {
      ...recorded,
      readText: async (path: string) => {
        if (path === '/proc/net/route') throw new TramdoError('HOST_FILE_DENIED', 'Cannot read');
        if (path.endsWith('/speed')) throw new TramdoError('HOST_READ_FAILED', 'Cannot read: EINVAL');
        return recorded.readText(path);
      },
    };
    const [eno1, eno2] = SEEN['rocky-9-server']?.interfaces ?? [];
    const { speedMbps: _, ...withoutSpeed } = eno1 ?? {};
    expect(await networkProbe.read(host, EMPTY_CONTEXT)).toEqual({
      ...SEEN['rocky-9-server'],
      interfaces: [withoutSpeed, eno2],
      defaultGateways: [],
    });
  });

  it('fails by name when `ip` prints something else', async () => {
    const host = {
      ...openRecordedHost('rocky-9-server'),
      run: async () => ({ stdout: '1: lo: <LOOPBACK>', stderr: '', exitCode: 0 }),
    };
    await expect(networkProbe.read(host, EMPTY_CONTEXT)).rejects.toMatchObject({ code: 'OUTPUT_UNREADABLE' });
  });
});
