import { BlockList, isIP } from 'node:net';

/** An address as it is written without what a socket may add: the zone of a link, IPv6 around an IPv4 address. */
export function plainAddress(address: string): string {
  const [bare = ''] = address.split('%');
  return /^::ffff:([0-9.]+)$/i.exec(bare)?.[1] ?? bare;
}

/**
 * Tells whether an address lies in one of the ranges (CIDR notation). What is no address lies in none; what is no
 * range holds none.
 */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  const plain = plainAddress(address);
  const family = familyOf(plain);
  if (family === undefined) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', length = ''] = range.split('/');
    if (familyOf(network) === family && /^[0-9]{1,3}$/.test(length) && Number(length) <= (family === 'ipv4' ? 32 : 128))
      list.addSubnet(network, Number(length), family);
  }
  return list.check(plain, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const family = isIP(address);
  if (family === 0) return undefined;
  return family === 4 ? 'ipv4' : 'ipv6';
}
