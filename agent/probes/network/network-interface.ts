import type { Observation } from '#shared/observations/index.ts';

/** An interface as the observation has it. */
export type NetworkInterface = Observation<'network'>['interfaces'][number];

/** What `ip` or `/proc` say of an interface; its kind and speed are in `/sys`. */
export type InterfaceState = Pick<NetworkInterface, 'name' | 'mac' | 'isUp' | 'addresses'>;

/** Most addresses one interface may have in the observation. */
const MAX_ADDRESSES = 16;
/** Loopback, ends of containers and virtual machines, their bridges, and tunnels the kernel makes unasked. */
const LEFT_OUT =
  /^(?:lo$|veth|docker|br-|virbr|vnet|cni|flannel|cali|podman|lxcbr|lxdbr|ifb|dummy|(?:tunl|sit|ip6tnl|ip6_vti|ip_vti|gre|gretap|erspan|ip6gre)0$)/;
/** All zeros is no address, as on tunnels. */
const NO_MAC = /^(?:00:)+00$/;

/** Tells whether an interface belongs to the machine's own way out, by its name. */
export function isOwnInterface(name: string): boolean {
  return name.length <= 64 && !LEFT_OUT.test(name);
}

/** A hardware address of six bytes in lower case; undefined for anything else, all zeros included. */
export function parseMac(text: string | undefined): string | undefined {
  const mac = text?.trim().toLowerCase() ?? '';
  return /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) && !NO_MAC.test(mac) ? mac : undefined;
}

/** Addresses as the observation wants them: no double, sorted by code point, the first 16. */
export function sortAddresses(addresses: readonly string[]): string[] {
  return [...new Set(addresses)].toSorted().slice(0, MAX_ADDRESSES);
}
