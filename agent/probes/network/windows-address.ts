import { isIPv4, isIPv6 } from 'node:net';

/**
 * An address with its prefix in CIDR notation; Windows gives a mask (`255.255.255.0`) for IPv4 and the length of the
 * prefix (`64`) for IPv6. Undefined for link-local addresses, and for what is no address or no mask.
 */
export function windowsCidr(address: string, mask: string): string | undefined {
  if (!isRoutedAddress(address)) return undefined;
  const prefixLength = isIPv4(address) ? maskLength(mask) : /^\d{1,3}$/.test(mask) ? Number(mask) : undefined;
  if (prefixLength === undefined || prefixLength > (isIPv4(address) ? 32 : 128)) return undefined;
  return `${address.toLowerCase()}/${prefixLength}`;
}

/** Tells whether a text is an address that is not confined to its link (169.254/16, fe80::/10) nor unspecified. */
export function isRoutedAddress(address: string): boolean {
  if (isIPv4(address)) return !address.startsWith('169.254.') && !address.startsWith('0.');
  return isIPv6(address) && !/^fe[89ab]/i.test(address) && address !== '::' && !address.includes('%');
}

/** Ones at the start of a mask; undefined when a one follows a zero. */
function maskLength(mask: string): number | undefined {
  if (!isIPv4(mask)) return undefined;
  const bits = mask
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}
