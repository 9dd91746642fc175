import type { Route } from './parse-proc-net.ts';

/**
 * Says on which interface an IPv4 address lies: on the one with the narrowest network on its link that holds it.
 *
 * The kernel lists its addresses without their interface in `/proc`, and the networks on a link with it. Addresses
 * no such network holds (a `/32` of a tunnel) are left out, as their interface is not known.
 */
export function assignAddresses(
  addresses: readonly string[],
  routes: readonly Route[],
): { readonly interfaceName: string; readonly address: string }[] {
  const onLink = routes
    .filter(({ gateway }) => gateway === undefined)
    .map((route) => ({ ...route, ...splitNetwork(route.destination) }))
    .filter(({ prefixLength }) => prefixLength > 0)
    .toSorted((left, right) => right.prefixLength - left.prefixLength);
  return addresses.flatMap((address) => {
    const home = onLink.find(({ network, prefixLength }) => isWithin(address, network, prefixLength));
    return home === undefined
      ? []
      : [{ interfaceName: home.interfaceName, address: `${address}/${home.prefixLength}` }];
  });
}

function splitNetwork(destination: string): { readonly network: string; readonly prefixLength: number } {
  const [network = '', prefix = '0'] = destination.split('/');
  return { network, prefixLength: Number(prefix) };
}

function isWithin(address: string, network: string, prefixLength: number): boolean {
  const rest = 2 ** (32 - prefixLength);
  return Math.floor(wordOf(address) / rest) === Math.floor(wordOf(network) / rest);
}

function wordOf(address: string): number {
  return address.split('.').reduce((word, byte) => word * 256 + Number(byte), 0);
}
