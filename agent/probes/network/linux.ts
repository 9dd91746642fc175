import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { assignAddresses } from './assign-addresses.ts';
import { interfaceKindOf, linkSpeedOf } from './interface-kind.ts';
import {
  type InterfaceState,
  isOwnInterface,
  type NetworkInterface,
  parseMac,
  sortAddresses,
} from './network-interface.ts';
import { parseIpAddress } from './parse-ip-address.ts';
import { parseFibTrie, parseIfInet6, parseProcNetIpv6Route, parseProcNetRoute, type Route } from './parse-proc-net.ts';
import { parseNameServers } from './parse-resolv-conf.ts';

const MAX_INTERFACES = 64;
/** Most gateways and most name servers of the observation. */
const MAX_SERVERS = 8;
/** Where systemd-resolved listens; the servers it asks itself are in its own file (systemd-resolved.service(8)). */
const RESOLVED_STUB = '127.0.0.53';
const RESOLVED_FILE = '/run/systemd/resolve/resolv.conf';
/** Routing tables of a router. */
const MAX_TABLE_BYTES = 4_194_304;

/**
 * Reads interfaces with `ip -json address`, or from `/proc` and `/sys` where there is no such command; routes, name
 * servers and host name from files. No names of wireless networks are read.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE when `ip` prints something else
 */
export async function readLinuxNetwork(host: Host): Promise<Observation<'network'>> {
  const routes = await readRoutes(host);
  const states = (await readWithIp(host)) ?? (await readWithoutIp(host, routes));
  const interfaces = await Promise.all(states.slice(0, MAX_INTERFACES).map((state) => describe(host, state)));
  const gateways = routes.filter(isDefaultRoute).flatMap(({ gateway }) => gateway ?? []);
  return {
    hostname: await readHostname(host),
    interfaces: interfaces.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    defaultGateways: [...new Set(gateways)].toSorted().slice(0, MAX_SERVERS),
    dnsServers: (await readNameServers(host)).slice(0, MAX_SERVERS),
  };
}

async function readWithIp(host: Host): Promise<InterfaceState[] | undefined> {
  const result = await absentWhen(['COMMAND_MISSING'], host.run('ip-address'));
  // BusyBox has an `ip` that knows no JSON and ends with 1.
  return result?.exitCode === 0 ? parseIpAddress(result.stdout) : undefined;
}

async function readWithoutIp(host: Host, routes: readonly Route[]): Promise<InterfaceState[]> {
  const names = (await absentWhen(UNREADABLE, host.listDir('/sys/class/net'))) ?? [];
  const addresses = [
    ...assignAddresses(parseFibTrie(await readTable(host, '/proc/net/fib_trie')), routes),
    ...parseIfInet6(await readTable(host, '/proc/net/if_inet6')),
  ];
  return Promise.all(
    names.filter(isOwnInterface).map(async (name) => {
      const state = (await readLink(host, name, 'operstate'))?.trim();
      const carrier = state === 'unknown' ? await readLink(host, name, 'carrier') : undefined;
      const mac = parseMac(await readLink(host, name, 'address'));
      const own = addresses.filter(({ interfaceName }) => interfaceName === name).map(({ address }) => address);
      return {
        name,
        ...(mac === undefined ? {} : { mac }),
        isUp: state === 'up' || carrier?.trim() === '1',
        addresses: sortAddresses(own),
      };
    }),
  );
}

async function describe(host: Host, { name, mac, isUp, addresses }: InterfaceState): Promise<NetworkInterface> {
  const folder = `/sys/class/net/${name}`;
  const texts = {
    uevent: (await readLink(host, name, 'uevent')) ?? '',
    type: (await readLink(host, name, 'type')) ?? '',
    isWireless: (await absentWhen(UNREADABLE, host.stat(`${folder}/wireless`))) !== undefined,
    speed: isUp ? await readLink(host, name, 'speed') : undefined,
  };
  const speedMbps = linkSpeedOf(texts);
  return {
    name,
    kind: interfaceKindOf(texts),
    ...(mac === undefined ? {} : { mac }),
    isUp,
    addresses,
    ...(speedMbps === undefined ? {} : { speedMbps }),
  };
}

/** Drivers answer `speed` and `carrier` with an error while the interface is down. */
function readLink(host: Host, name: string, file: string): Promise<string | undefined> {
  return absentWhen(UNREADABLE, host.readText(`/sys/class/net/${name}/${file}`));
}

async function readRoutes(host: Host): Promise<Route[]> {
  return [
    ...parseProcNetRoute(await readTable(host, '/proc/net/route')),
    ...parseProcNetIpv6Route(await readTable(host, '/proc/net/ipv6_route')),
  ];
}

async function readTable(host: Host, path: string): Promise<string> {
  return (await absentWhen(UNREADABLE, host.readText(path, { maxBytes: MAX_TABLE_BYTES }))) ?? '';
}

function isDefaultRoute({ destination }: Route): boolean {
  return destination === '0.0.0.0/0' || destination === '::/0';
}

async function readNameServers(host: Host): Promise<string[]> {
  const configured = parseNameServers((await absentWhen(UNREADABLE, host.readText('/etc/resolv.conf'))) ?? '');
  if (!configured.includes(RESOLVED_STUB)) return configured;
  const behind = await absentWhen(UNREADABLE, host.readText(RESOLVED_FILE));
  return behind === undefined ? configured : parseNameServers(behind);
}

async function readHostname(host: Host): Promise<string> {
  const name = (await host.readText('/proc/sys/kernel/hostname')) ?? (await host.readText('/etc/hostname')) ?? '';
  return name.trim().slice(0, 255);
}
