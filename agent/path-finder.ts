import { isIP } from 'node:net';
import type { NetworkPath } from '#shared/report.ts';
import { choosePath, type WaysOut } from './choose-path.ts';
import type { Way } from './host/attempts/attempt-result.ts';
import type { WayMachine } from './host/attempts/way-machine.ts';
import { parseProcNetIpv6Route, parseProcNetRoute } from './probes/network/parse-proc-net.ts';

/** Addresses for documentation (RFC 5737, RFC 3849): nobody has a route to them but the default one. */
const BY_DEFAULT_ROUTE = ['198.51.100.1', '2001:db8::1'];

/** Says which way an attempt took; see {@link createPathFinder}. */
export type FindPath = (way: Way) => Promise<NetworkPath | undefined>;

/**
 * Makes what says which way an attempt took: by the own address of its connection, else by the one the system would use
 * for the address it was for, else by the default route. The machine is asked once for all attempts of a round.
 *
 * @param knownGateways default gateways as the machine last said them; asked on systems without a routing table to read
 */
export function createPathFinder(machine: WayMachine, knownGateways: () => readonly string[]): FindPath {
  let ways: WaysOut | undefined;
  const sources = new Map<string, Promise<string | undefined>>();
  const sourceFor = (address: string) => {
    const source = sources.get(address) ?? machine.sourceFor(address);
    sources.set(address, source);
    return source;
  };
  return async ({ source, towards }) => {
    ways ??= waysOut(machine, knownGateways);
    const target = towards !== undefined && isIP(towards) !== 0 ? towards : undefined;
    if (source !== undefined) return choosePath(ways, { source, target });
    for (const address of target === undefined ? BY_DEFAULT_ROUTE : [target]) {
      const found = await sourceFor(address);
      const path = found === undefined ? undefined : choosePath(ways, { source: found, target });
      if (path !== undefined) return path;
    }
    return undefined;
  };
}

function waysOut(machine: WayMachine, knownGateways: () => readonly string[]): WaysOut {
  const addresses = machine.interfaceAddresses();
  const tables = machine.routeTables();
  if (tables === undefined) return { addresses, routes: undefined, defaultGateways: knownGateways() };
  const routes = [...parseProcNetRoute(tables.ipv4), ...parseProcNetIpv6Route(tables.ipv6)];
  return { addresses, routes, defaultGateways: [] };
}
