import { isIPv6 } from 'node:net';

/** An address as a beacon writes it: IPv4 never in IPv6 form (RFC 4291 section 2.5.5.2), and without a zone. */
export function observedAddress(remoteAddress: string): string {
  return remoteAddress.replace(/^::ffff:(?=[0-9.]+$)/i, '').replace(/%.*$/, '');
}

/** What is counted as one asker: the address itself, or for IPv6 its /64, all of which one computer may use. */
export function askerOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return [...groups, ...Array.from({ length: missing }, () => '0')].slice(0, 4).join(':');
}
