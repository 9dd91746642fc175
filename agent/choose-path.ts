import type { NetworkPath } from '#shared/report.ts';
import { isInRanges } from './host/attempts/address-ranges.ts';
import type { InterfaceAddress } from './host/attempts/way-machine.ts';
import type { Route } from './probes/network/parse-proc-net.ts';

/** What is known of the ways out of a machine. */
export interface WaysOut {
  readonly addresses: readonly InterfaceAddress[];
  /** Routing table; undefined where it can only be had by starting a program. */
  readonly routes: readonly Route[] | undefined;
  /** Default gateways as the machine last said them; what stands in for the routing table. */
  readonly defaultGateways: readonly string[];
}

/** Own address of packets, and whom they are for: undefined when no address was found, so that they went nowhere. */
export interface Ends {
  readonly source: string;
  readonly target: string | undefined;
}

const MAX_LENGTH = 64;

/**
 * Says which way packets leave the machine: the interface that has their source address, and the next hop by the
 * longest prefix of the routes of that interface. Without a target it is the way to the default gateway.
 *
 * Without a routing table the next hop is the default gateway in the network of the source address, unless the target
 * lies in it as well. Undefined when no interface has the source address (any more).
 */
export function choosePath(ways: WaysOut, { source, target }: Ends): NetworkPath | undefined {
  const own = ways.addresses.find(({ address }) => address === source);
  if (own === undefined) return undefined;
  const gateway = ways.routes === undefined ? knownGateway(ways, own, target) : routedGateway(ways.routes, own, target);
  return {
    interface: own.interfaceName.slice(0, MAX_LENGTH),
    source: own.cidr.slice(0, MAX_LENGTH),
    ...(gateway === undefined ? {} : { gateway: gateway.slice(0, MAX_LENGTH) }),
  };
}

function routedGateway(
  routes: readonly Route[],
  { interfaceName, address }: InterfaceAddress,
  target: string | undefined,
): string | undefined {
  const isIpv6 = address.includes(':');
  const own = routes
    .filter((route) => route.interfaceName === interfaceName && route.destination.includes(':') === isIpv6)
    .filter(
      ({ destination }) => lengthOf(destination) === 0 || (target !== undefined && isInRanges(target, [destination])),
    )
    .toSorted((left, right) => lengthOf(right.destination) - lengthOf(left.destination));
  return own[0]?.gateway;
}

function knownGateway(
  { defaultGateways }: WaysOut,
  { cidr }: InterfaceAddress,
  target: string | undefined,
): string | undefined {
  if (target !== undefined && isInRanges(target, [cidr])) return undefined;
  return defaultGateways.find((gateway) => isInRanges(gateway, [cidr]));
}

function lengthOf(range: string): number {
  return Number(range.split('/')[1]);
}
