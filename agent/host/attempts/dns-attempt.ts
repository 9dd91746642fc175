import type { Resolver } from 'node:dns/promises';
import { systemCodeOf } from '#shared/errors.ts';
import type { AttemptFailure, AttemptOptions, AttemptResult } from './attempt-result.ts';

const FAILURE_BY_RESOLVER_CODE: ReadonlyMap<string, AttemptFailure> = new Map([
  ['ENOTFOUND', 'NAME_NOT_FOUND'],
  ['ENODATA', 'NAME_NOT_FOUND'],
  ['ETIMEOUT', 'TIMED_OUT'],
  ['ECANCELLED', 'TIMED_OUT'],
  ['ECONNREFUSED', 'REFUSED'],
]);

/** Bounds of one attempt on name resolution. */
export interface DnsAttemptOptions extends AttemptOptions {
  /** Servers to ask in place of the system's, as `address` or `address:port`. */
  readonly servers?: readonly string[];
}

/**
 * Asks the name servers of the system for the addresses of a name, past every cache of this machine's library.
 *
 * An IPv4 address is asked for first, an IPv6 one when there is none. The time is that of the query that answered.
 *
 * @throws the reason of `signal` when it ends the attempt
 */
export async function dnsAttempt(name: string, options: DnsAttemptOptions): Promise<AttemptResult> {
  const { Resolver: SystemResolver } = await import('node:dns/promises');
  options.signal.throwIfAborted();
  const resolver = new SystemResolver({ timeout: options.timeoutMs, tries: 1 });
  if (options.servers !== undefined) resolver.setServers(options.servers);
  const cancel = () => resolver.cancel();
  const timer = setTimeout(cancel, options.timeoutMs);
  options.signal.addEventListener('abort', cancel, { once: true });
  try {
    const result = await query(resolver, name);
    options.signal.throwIfAborted();
    return result;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', cancel);
  }
}

async function query(resolver: Resolver, name: string): Promise<AttemptResult> {
  const overIpv4 = await timed(() => resolver.resolve4(name));
  if (!('code' in overIpv4)) return overIpv4;
  if (overIpv4.code !== 'ENODATA') return { failure: failureOf(overIpv4.code) };
  const overIpv6 = await timed(() => resolver.resolve6(name));
  return 'code' in overIpv6 ? { failure: failureOf(overIpv6.code) } : overIpv6;
}

async function timed(ask: () => Promise<unknown>): Promise<{ readonly rttMs: number } | { readonly code: string }> {
  const startedAtMs = performance.now();
  return ask().then(
    () => ({ rttMs: performance.now() - startedAtMs }),
    (error: unknown) => ({ code: systemCodeOf(error) ?? '' }),
  );
}

function failureOf(code: string): AttemptFailure {
  return FAILURE_BY_RESOLVER_CODE.get(code) ?? 'DNS_FAILED';
}
