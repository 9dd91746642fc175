import { isIP } from 'node:net';

/** What an agent attempts: one target of a network, read from its text. */
export type NetworkTarget =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'https'; readonly host: string; readonly port: number; readonly path: string }
  | { readonly kind: 'icmp'; readonly host: string }
  /** `expected`: address ranges in CIDR notation one of which an answer must be in; empty when any answer will do. */
  | { readonly kind: 'dns'; readonly host: string; readonly expected: readonly string[] }
  /** `pin`: SHA-256 of the public key of its certificate, base64url; absent when a public authority vouches for it. */
  | { readonly kind: 'beacon'; readonly host: string; readonly port: number; readonly pin?: string };

/** Why a text is no target, for a person. */
export interface TargetProblem {
  readonly problem: string;
}

/** The forms a target may have. */
export const TARGET_FORMS =
  'tcp://host:port, https://host[:port]/path, icmp://host, dns://name[?expect=CIDR,…], beacon+https://host[:port]/[#PIN]';

const TARGET =
  /^([a-z][a-z+]*):\/\/(\[[0-9a-f:.]+\]|[^/?#:[\]@\s]+)(?::([0-9]{1,5}))?(\/[^?#\s]*)?(\?[^#\s]*)?(#\S*)?$/i;
const HOST_NAME = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
const PIN = /^#[A-Za-z0-9_-]{43}$/;
const HTTPS_PORT = 443;
const MAX_EXPECTED = 16;

/**
 * Reads a target: `tcp://host:port`, `https://host[:port]/path`, `icmp://host`, `dns://name[?expect=CIDR,…]` or
 * `beacon+https://host[:port]/[#PIN]`. The host is a DNS name or one address, IPv6 in brackets, never a wildcard, a
 * group or a whole network.
 */
export function parseNetworkTarget(text: string): NetworkTarget | TargetProblem {
  const [, scheme = '', rawHost = '', rawPort, path, query, fragment] = TARGET.exec(text) ?? [];
  if (scheme === '') return { problem: `must be one of ${TARGET_FORMS}` };
  const host = rawHost.replace(/^\[|\]$/g, '').toLowerCase();
  const hostProblem = problemOfHost(host, rawHost.startsWith('['));
  if (hostProblem !== undefined) return { problem: hostProblem };
  const port = rawPort === undefined ? undefined : Number(rawPort);
  if (port !== undefined && (port < 1 || port > 65_535))
    return { problem: `has the port ${port}, allowed is 1 to 65535` };
  const rest = { port, path, query, fragment };
  return readKind(scheme.toLowerCase(), host, rest);
}

interface TargetRest {
  readonly port: number | undefined;
  readonly path: string | undefined;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

function readKind(scheme: string, host: string, rest: TargetRest): NetworkTarget | TargetProblem {
  const { port, path, query, fragment } = rest;
  const isBare = (path === undefined || path === '/') && query === undefined && fragment === undefined;
  switch (scheme) {
    case 'tcp':
      if (port === undefined || !isBare) return { problem: 'must be tcp://host:port and nothing more' };
      return { kind: 'tcp', host, port };
    case 'icmp':
      if (port !== undefined || !isBare) return { problem: 'must be icmp://host and nothing more' };
      return { kind: 'icmp', host };
    case 'https':
      if (fragment !== undefined) return { problem: 'must be https://host[:port]/path without "#"' };
      return { kind: 'https', host, port: port ?? HTTPS_PORT, path: `${path ?? '/'}${query ?? ''}` };
    case 'dns':
      return readDns(host, rest);
    case 'beacon+https':
      if ((path ?? '/') !== '/' || query !== undefined || (fragment !== undefined && !PIN.test(fragment))) {
        return { problem: 'must be beacon+https://host[:port]/#PIN, where the pin has 43 characters' };
      }
      return {
        kind: 'beacon',
        host,
        port: port ?? HTTPS_PORT,
        ...(fragment === undefined ? {} : { pin: fragment.slice(1) }),
      };
    default:
      return { problem: `has the unknown kind "${scheme}", allowed are ${TARGET_FORMS}` };
  }
}

function readDns(host: string, { port, path, query, fragment }: TargetRest): NetworkTarget | TargetProblem {
  const problem = { problem: 'must be dns://name or dns://name?expect=CIDR,…' };
  if (isIP(host) !== 0 || port !== undefined || (path ?? '/') !== '/' || fragment !== undefined) return problem;
  if (query === undefined) return { kind: 'dns', host, expected: [] };
  const expected = /^\?expect=([0-9a-f:.,/]+)$/i.exec(query)?.[1]?.split(',') ?? [];
  if (expected.length === 0 || expected.length > MAX_EXPECTED || !expected.every(isAddressRange)) return problem;
  return { kind: 'dns', host, expected };
}

/** Tells whether a text is an address range in CIDR notation (RFC 4632, RFC 4291 section 2.3). */
export function isAddressRange(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || !/^[0-9]{1,3}$/.test(length)) return false;
  return Number(length) <= (family === 4 ? 32 : 128);
}

function problemOfHost(host: string, isBracketed: boolean): string | undefined {
  if (host.includes('*')) return 'has a wildcard, name one host';
  const family = isIP(host);
  if (isBracketed !== (family === 6)) return 'must name an IPv6 address in brackets and nothing else';
  if (family === 0) {
    if (host.length <= 253 && HOST_NAME.test(host) && !/^[0-9.]+$/.test(host)) return undefined;
    return `has the host "${host}", allowed is a DNS name or one address`;
  }
  const isGroup = family === 4 ? Number.parseInt(host, 10) >= 224 : host.startsWith('ff');
  const isNobody = family === 4 ? host.startsWith('0.') : /^[0:]*$/.test(host);
  return isGroup || isNobody ? `has the address "${host}", which is not the one of a host` : undefined;
}
