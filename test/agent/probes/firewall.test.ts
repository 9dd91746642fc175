import { describe, expect, it } from 'vitest';
import { firewallProbe } from '#agent/probes/firewall/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';
import { changeHost, type HostChanges } from './changed-host.ts';

async function look(name: string, changes: HostChanges = {}) {
  const seen = await firewallProbe.read(changeHost(openRecordedHost(name), changes), EMPTY_CONTEXT);
  expect(OBSERVATIONS.firewall.parse(seen)).toEqual(seen);
  return seen;
}

const EMPTY = { 'nft-list-ruleset': { stdout: '{"nftables": []}' } };
const UFW = { id: 'ufw', isOn: true, inboundDefault: 'deny', detail: 'ip filter INPUT' };
const WITHOUT_IPV6 = { '/proc/net/if_inet6': '00000000000000000000000000000001 01 80 10 80       lo\n' };

describe('firewall probe', () => {
  it('finds none where the chains of the distribution are empty', async () => {
    expect(await look('debian-12-desktop')).toEqual({ isOn: false, products: [] });
  });

  it('sees ufw by its chains, over both families', async () => {
    expect(await look('ubuntu-24.04-laptop')).toEqual({ isOn: true, products: [UFW] });
  });

  it('sees firewalld with its zone', async () => {
    expect(await look('rocky-9-server')).toEqual({
      isOn: true,
      products: [{ id: 'firewalld', isOn: true, inboundDefault: 'deny', detail: 'zone public' }],
    });
  });

  it('does not take the word of ufw.conf when the chains are not loaded', async () => {
    expect(await look('ubuntu-24.04-laptop', { commands: EMPTY })).toEqual({
      isOn: false,
      products: [
        {
          id: 'ufw',
          isOn: false,
          inboundDefault: 'allow',
          detail: 'switched on in ufw.conf, but its chains are not loaded',
        },
      ],
    });
  });

  it('sees ufw that is switched off', async () => {
    const files = { '/etc/ufw/ufw.conf': 'ENABLED=no\n' };
    expect(await look('ubuntu-24.04-laptop', { commands: EMPTY, files })).toEqual({
      isOn: false,
      products: [{ id: 'ufw', isOn: false, inboundDefault: 'allow', detail: 'switched off in ufw.conf' }],
    });
  });

  it('sees firewalld that is stopped', async () => {
    expect(await look('rocky-9-server', { commands: EMPTY })).toEqual({
      isOn: false,
      products: [
        {
          id: 'firewalld',
          isOn: false,
          inboundDefault: 'allow',
          detail: 'installed, but its chains are not loaded',
        },
      ],
    });
  });

  it('is off when IPv6 is open on a machine that others can reach over it', async () => {
    const { stdout } = await openRecordedHost('ubuntu-24.04-laptop').run('nft-list-ruleset');
    const commands = { 'nft-list-ruleset': { stdout: stdout.replaceAll('"family": "ip6"', '"family": "bridge"') } };
    expect(await look('ubuntu-24.04-laptop', { commands })).toEqual({
      isOn: false,
      products: [{ ...UFW, isOn: false, inboundDefault: 'allow', detail: 'ip filter INPUT; IPv6 is not filtered' }],
    });
    expect(await look('ubuntu-24.04-laptop', { commands, files: WITHOUT_IPV6 })).toEqual({
      isOn: true,
      products: [UFW],
    });
  });

  it('fails without the permission to see the rules', async () => {
    const commands = {
      'nft-list-ruleset': { exitCode: 1, stderr: 'Operation not permitted (you must be root)\nnetlink: Error\n' },
    };
    await expect(look('ubuntu-24.04-laptop', { commands })).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message:
        'Cannot see the packet filter by "nft-list-ruleset": Operation not permitted (you must be root) (exit 1)',
    });
  });

  it('fails where no program can show the rules', async () => {
    await expect(look('container-bare')).rejects.toMatchObject({ code: 'COMMAND_MISSING' });
  });

  it('reads iptables where nft is missing', async () => {
    const commands = {
      'iptables-save': {
        stdout: '*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n',
      },
      'ip6tables-save': { stdout: '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\nCOMMIT\n' },
    };
    expect(await look('container-bare', { commands, files: WITHOUT_IPV6 })).toEqual({
      isOn: true,
      products: [{ id: 'iptables', isOn: true, inboundDefault: 'deny', detail: 'ip filter INPUT' }],
    });
  });

  it('reads the rules of the old kernel interface beside those of nft', async () => {
    const save = ':INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\nCOMMIT\n';
    const commands = {
      'iptables-legacy-save': { stdout: `*filter\n${save}` },
      'ip6tables-legacy-save': { stdout: `*filter\n${save}` },
    };
    const files = { '/proc/net/ip_tables_names': 'nat\nfilter\n', '/usr/sbin/iptables-legacy-save': '' };
    expect(await look('debian-12-desktop', { commands, files })).toEqual({
      isOn: true,
      products: [{ id: 'iptables', isOn: true, inboundDefault: 'deny', detail: 'ip filter INPUT' }],
    });
  });
});
