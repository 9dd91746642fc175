import { formatIpv4, formatIpv6 } from './format-address.ts';

/** A route of the main table. */
export interface Route {
  readonly interfaceName: string;
  /** Network in CIDR notation; `0.0.0.0/0` and `::/0` are the default route. */
  readonly destination: string;
  /** Absent when the network is on the link itself. */
  readonly gateway?: string;
}

/** `RTF_UP` and `RTF_GATEWAY` of Linux include/uapi/linux/route.h. */
const RTF_UP = 0x1;
const RTF_GATEWAY = 0x2;
/** `IFA_F_TEMPORARY` and `IFA_F_DEPRECATED` of include/uapi/linux/if_addr.h. */
const SHORT_LIVED = 0x01 | 0x20;
/** `IPV6_ADDR_LINKLOCAL` and `IPV6_ADDR_LOOPBACK`, the scope column of `/proc/net/if_inet6`. */
const NARROW_SCOPES = new Set(['20', '10']);

/** Reads `/proc/net/route`, in its order; the heading and lines that do not parse are skipped. */
export function parseProcNetRoute(text: string): Route[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [interfaceName, destination, gateway, flags, , , , mask] = line.trim().split(/\s+/);
    if (interfaceName === undefined || flags === undefined) return [];
    const network = formatIpv4(destination ?? '');
    const prefixLength = maskLength(formatIpv4(mask ?? ''));
    if (network === undefined || prefixLength === undefined) return [];
    return routeOf({
      interfaceName,
      destination: `${network}/${prefixLength}`,
      gateway: formatIpv4(gateway ?? ''),
      flags,
    });
  });
}

/** Reads `/proc/net/ipv6_route`, in its order; routes that refuse and lines that do not parse are skipped. */
export function parseProcNetIpv6Route(text: string): Route[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [destination, prefix, , , gateway, , , , flags, interfaceName] = line.trim().split(/\s+/);
    const network = formatIpv6(destination ?? '');
    if (interfaceName === undefined || flags === undefined || network === undefined) return [];
    const prefixLength = Number.parseInt(prefix ?? '', 16);
    return routeOf({
      interfaceName,
      destination: `${network}/${prefixLength}`,
      gateway: formatIpv6(gateway ?? ''),
      flags,
    });
  });
}

/** Reads `/proc/net/if_inet6`: lasting addresses in CIDR notation by interface, link-local and temporary ones left out. */
export function parseIfInet6(text: string): { readonly interfaceName: string; readonly address: string }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [hex, , prefix, scope, flags, interfaceName] = line.trim().split(/\s+/);
    const address = formatIpv6(hex ?? '');
    if (interfaceName === undefined || address === undefined || NARROW_SCOPES.has(scope ?? '')) return [];
    if ((Number.parseInt(flags ?? '0', 16) & SHORT_LIVED) !== 0) return [];
    return [{ interfaceName, address: `${address}/${Number.parseInt(prefix ?? '0', 16)}` }];
  });
}

/** Reads the machine's own IPv4 addresses from `/proc/net/fib_trie` (`/32 host LOCAL`), loopback left out, sorted. */
export function parseFibTrie(text: string): string[] {
  const addresses = new Set<string>();
  let leaf: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    leaf = /^\s*\|--\s+(\d+(?:\.\d+){3})\s*$/.exec(line)?.[1] ?? leaf;
    if (leaf !== undefined && /^\s*\/32 host LOCAL\s*$/.test(line) && !leaf.startsWith('127.')) addresses.add(leaf);
  }
  return [...addresses].toSorted();
}

function routeOf(columns: {
  readonly interfaceName: string;
  readonly destination: string;
  readonly gateway: string | undefined;
  readonly flags: string;
}): Route[] {
  const { interfaceName, destination, gateway } = columns;
  const flags = Number.parseInt(columns.flags, 16);
  if ((flags & RTF_UP) === 0) return [];
  const hasGateway = (flags & RTF_GATEWAY) !== 0 && gateway !== undefined;
  return [{ interfaceName, destination, ...(hasGateway ? { gateway } : {}) }];
}

function maskLength(mask: string | undefined): number | undefined {
  return mask
    ?.split('.')
    .map((byte) => Number(byte).toString(2).replaceAll('0', '').length)
    .reduce((sum, bits) => sum + bits, 0);
}
