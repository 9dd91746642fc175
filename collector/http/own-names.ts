import { hostname, networkInterfaces } from 'node:os';

const WILDCARDS = ['0.0.0.0', '::'];

/** Addresses of this computer that others may reach, IPv4 first. */
export function reachableAddresses(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses
    .filter(({ internal, scopeid }) => !internal && (scopeid ?? 0) === 0)
    .toSorted((a, b) => (a.family < b.family ? -1 : 1))
    .map(({ address }) => address);
}

/** Tells whether a listener on a host takes connections to every address of the computer. */
export function isWildcard(host: string): boolean {
  return WILDCARDS.includes(host);
}

/**
 * Names and addresses that an own certificate is for: the given ones first, then those of this computer.
 *
 * @param hosts names or addresses under which people are told to reach it
 */
export function ownNames(hosts: readonly string[]): readonly string[] {
  const names = [...hosts, hostname(), ...reachableAddresses(), 'localhost', '127.0.0.1'];
  return [...new Set(names)].filter((name) => !isWildcard(name) && /^[A-Za-z0-9.:-]{1,253}$/.test(name));
}
