import type { Resolver } from 'node:dns/promises';
import { systemCodeOf } from '#shared/errors.ts';
import { isInRanges, plainAddress } from './address-ranges.ts';
import type { AttemptFailure, AttemptOptions, AttemptResult, Way } from './attempt-result.ts';

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

/** A name, and the ranges one of its addresses must lie in; none when any address will do. */
export interface DnsQuestion {
  readonly host: string;
  readonly expected: readonly string[];
}

/** How it ended, with the addresses that the name has by the answer. */
export type DnsAttemptResult = AttemptResult & { readonly answers?: readonly string[] };

/**
 * Asks the name servers of the system for the addresses of a name, past every cache of this machine's library.
 *
 * An IPv4 address is asked for first, an IPv6 one when there is none. The time is that of the query that answered; the
 * way is that to the first name server, unknown when it is a forwarder on the machine itself.
 *
 * @throws the reason of `signal` when it ends the attempt
 */
export async function dnsAttempt(question: DnsQuestion, options: DnsAttemptOptions): Promise<DnsAttemptResult> {
  const { Resolver: SystemResolver } = await import('node:dns/promises');
  options.signal.throwIfAborted();
  const resolver = new SystemResolver({ timeout: options.timeoutMs, tries: 1 });
  if (options.servers !== undefined) resolver.setServers(options.servers);
  const way = wayTo(resolver.getServers()[0]);
  const cancel = () => resolver.cancel();
  const timer = setTimeout(cancel, options.timeoutMs);
  options.signal.addEventListener('abort', cancel, { once: true });
  try {
    const found = await query(resolver, question.host);
    options.signal.throwIfAborted();
    return { ...judge(found, question.expected), ...way };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', cancel);
  }
}

type Found = { readonly rttMs: number; readonly answers: readonly string[] } | { readonly code: string };

async function query(resolver: Resolver, name: string): Promise<Found> {
  const overIpv4 = await timed(() => resolver.resolve4(name));
  if (!('code' in overIpv4) || overIpv4.code !== 'ENODATA') return overIpv4;
  return timed(() => resolver.resolve6(name));
}

async function timed(ask: () => Promise<readonly string[]>): Promise<Found> {
  const startedAtMs = performance.now();
  return ask().then(
    (answers) => ({ rttMs: performance.now() - startedAtMs, answers }),
    (error: unknown) => ({ code: systemCodeOf(error) ?? '' }),
  );
}

function judge(found: Found, expected: readonly string[]): DnsAttemptResult {
  if ('code' in found) return { failure: FAILURE_BY_RESOLVER_CODE.get(found.code) ?? 'DNS_FAILED' };
  const isExpected = expected.length === 0 || found.answers.some((address) => isInRanges(address, expected));
  return isExpected ? found : { failure: 'ANSWER_UNEXPECTED' };
}

/** @param server `address`, `address:port` or `[address]:port`, as getServers() of Node writes it */
function wayTo(server: string | undefined): Way {
  const address = /^\[(.+)\](?::[0-9]+)?$/.exec(server ?? '')?.[1] ?? server?.replace(/^([0-9.]+):[0-9]+$/, '$1');
  const towards = address === undefined ? undefined : plainAddress(address);
  return towards === undefined || towards === '::1' || towards.startsWith('127.') ? {} : { towards };
}
