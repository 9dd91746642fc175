import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isAddressRange } from '#shared/network-target.ts';
import type { NetworkPath } from '#shared/report.ts';

/** Where a machine stood when it tried a network, as far as its way out tells. */
export interface Place {
  /** The range its own address was in, CIDR notation without host bits. */
  readonly addressRange: string;
  /** Address of the next hop; empty when there was none. */
  readonly gateway: string;
}

/** A place that an agency declared to be its own. */
export interface DeclaredPlace {
  /** CIDR notation. */
  readonly range: string;
  /** Address of the next hop; any will do when absent. */
  readonly gateway?: string | undefined;
}

/** The place of a way out; undefined when its texts are no addresses. */
export function placeOf({ source, gateway }: Pick<NetworkPath, 'source' | 'gateway'>): Place | undefined {
  const text = withoutZone(source);
  if (!isAddressRange(text)) return undefined;
  const [address = '', length = ''] = text.split('/');
  const network = (isIP(address) === 4 ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(text);
  const addressRange = `${network.toString()}/${Number(length)}`;
  if (gateway === undefined || gateway === '') return { addressRange, gateway: '' };
  const hop = normalAddress(gateway);
  return hop === undefined ? undefined : { addressRange, gateway: hop };
}

/** The address of a way out itself; undefined when it is none. */
export function ownAddressOf({ source }: Pick<NetworkPath, 'source'>): string | undefined {
  return normalAddress(withoutZone(source).split('/')[0] ?? '');
}

/**
 * An address in its one spelling (RFC 5952 for IPv6), without the zone, and an IPv4 address never in IPv6 form;
 * undefined when the text is none.
 */
export function normalAddress(text: string): string | undefined {
  const address = withoutZone(text);
  return isIP(address) === 0 ? undefined : ipaddr.process(address).toString();
}

/** Tells whether an address lies in one of the ranges; of what is no address or no range, it does not. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  return ranges.some((range) => {
    if (!isAddressRange(range)) return false;
    const [network, length] = ipaddr.parseCIDR(range);
    return network.kind() === parsed.kind() && parsed.match(network, length);
  });
}

/** Tells whether a way out begins inside a declared place. */
export function isInsidePlace(path: Pick<NetworkPath, 'source' | 'gateway'>, declared: DeclaredPlace): boolean {
  const own = ownAddressOf(path);
  if (own === undefined || !isInRanges(own, [declared.range])) return false;
  if (declared.gateway === undefined) return true;
  return path.gateway !== undefined && normalAddress(path.gateway) === normalAddress(declared.gateway);
}

/** Name of a place, unique within an agency. */
export function placeName({ addressRange, gateway }: Place): string {
  return `${addressRange} ${gateway}`;
}

/** A link-local address may name the interface it is on: `fe80::1%eth0`. */
function withoutZone(text: string): string {
  return text.replace(/%[^/]*/, '');
}
