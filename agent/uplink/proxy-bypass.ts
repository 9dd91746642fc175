import { BlockList, isIP } from 'node:net';

/** Where a request goes. */
export interface BypassTarget {
  readonly host: string;
  readonly port: number;
}

/** Tells whether a host is this machine itself: no proxy is ever asked for it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.[0-9.]+$/.test(host);
}

/**
 * Tells whether a list of exceptions takes a target out of the proxy's hands.
 *
 * Entries are names, addresses, `.example.org`, `*.example.org`, `10.*`, `10.0.0.0/8`, `<local>` (names without a
 * dot), `*` (everything), each with or without `:port`. With `isSuffixMatched` a plain name stands for what is under
 * it too, as every reader of NO_PROXY does it; Windows and macOS take it for that one name.
 */
export function isBypassed(
  entries: readonly string[],
  target: BypassTarget,
  { isSuffixMatched }: { readonly isSuffixMatched: boolean },
): boolean {
  const host = target.host.toLowerCase();
  return entries.some((entry) => {
    const pattern = withoutPort(entry.trim().toLowerCase(), target.port);
    return pattern !== undefined && pattern !== '' && matches(pattern, host, isSuffixMatched);
  });
}

function withoutPort(entry: string, port: number): string | undefined {
  const [, name, digits] = /^(\[.*\]|[^:]*):([0-9]+)$/.exec(entry) ?? [];
  if (name === undefined) return entry.replace(/^\[(.*)\]$/, '$1');
  return Number(digits) === port ? name.replace(/^\[(.*)\]$/, '$1') : undefined;
}

function matches(pattern: string, host: string, isSuffixMatched: boolean): boolean {
  if (pattern === '<local>') return isIP(host) === 0 && !host.includes('.');
  if (pattern.includes('/')) return isInside(pattern, host);
  if (pattern.includes('*')) return wildcard(pattern).test(host);
  if (pattern.startsWith('.')) return host.endsWith(pattern) || host === pattern.slice(1);
  return host === pattern || (isSuffixMatched && isIP(host) === 0 && host.endsWith(`.${pattern}`));
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

/** `10.0.0.0/8`, `fd00::/8`, and `169.254/16` as macOS writes it. */
function isInside(pattern: string, host: string): boolean {
  const [network = '', digits = ''] = pattern.split('/');
  const address = network.includes(':') ? network : padded(network);
  const family = isIP(address);
  const prefix = Number(digits);
  const isRange = /^[0-9]{1,3}$/.test(digits) && prefix <= (family === 4 ? 32 : 128);
  if (family === 0 || !isRange || isIP(host) !== family) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, prefix, type);
  return range.check(host, type);
}

function padded(network: string): string {
  const parts = network.split('.').filter((part) => part !== '');
  return [...parts, '0', '0', '0', '0'].slice(0, 4).join('.');
}
