import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RetryLater } from '../ingest/retry-later.ts';
import type { RequestCost } from './api/v1/api-route.ts';
import { isLoopback } from './endpoint.ts';

const MINUTE_MS = 60_000;

/** Joins from one address in a minute; a whole agency behind one address joins within the hour. */
export const ENROLMENT_LIMIT = { max: 120, timeWindow: MINUTE_MS } as const satisfies RateLimitOptions;

/** Reports from one address in a minute: a province behind one proxy sends far fewer. */
export const REPORT_LIMIT = { max: 30_000, timeWindow: MINUTE_MS } as const satisfies RateLimitOptions;

/** Downloads of scripts and packages from one address in a minute: a PC makes two, and an agency sits behind one address. */
export const PACKAGE_LIMIT = { max: 240, timeWindow: MINUTE_MS } as const satisfies RateLimitOptions;

/** Questions for a release and its files from one address in a minute; an agency behind one address shares them. */
export const RELEASE_LIMIT = { max: 3_000, timeWindow: MINUTE_MS } as const satisfies RateLimitOptions;

/** Requests of people and scrapers from one address in a minute. */
export const READER_LIMIT = { max: 600, timeWindow: MINUTE_MS } as const satisfies RateLimitOptions;

/** Requests from one address in a minute for things that are not there. */
export const NOT_FOUND_LIMIT = { max: 60, timeWindow: MINUTE_MS } as const satisfies RateLimitOptions;

/** Tries to sign in or to use a set-up link from one address in a minute, the own computer included. */
export const SIGN_IN_LIMIT = {
  max: 30,
  timeWindow: MINUTE_MS,
  allowList: () => false,
} as const satisfies RateLimitOptions;

/** Counts requests by address. Programs on the same computer are not limited: they could do worse anyway. */
export async function limitRates(server: FastifyInstance): Promise<void> {
  await server.register(rateLimit, {
    global: true,
    ...READER_LIMIT,
    cache: 20_000,
    allowList: (request) => isLoopback(request.ip),
    errorResponseBuilder: (_request, { max, ttl }) => tooMany(max, ttl),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
}

/** Requests within a time window in milliseconds, by what they cost. */
export type PrincipalLimits = Readonly<Record<RequestCost, Pick<RateLimitOptions, 'max' | 'timeWindow'>>>;

/** Requests of one account or token in a minute, by what they cost; whoever needs no account is counted by address. */
export const PRINCIPAL_LIMITS = {
  read: { max: 600, timeWindow: MINUTE_MS },
  change: { max: 300, timeWindow: MINUTE_MS },
  /** Whole registers, sealed periods, files: seconds of work each. */
  heavy: { max: 60, timeWindow: MINUTE_MS },
} as const satisfies PrincipalLimits;

/**
 * Counts requests by who asks, for every route of the context that says what it costs. It comes on top of the limit by
 * address: one token that is used from many computers is still one.
 *
 * @param limits requests in a minute by cost
 */
export function limitPrincipals(server: FastifyInstance, limits: PrincipalLimits = PRINCIPAL_LIMITS): void {
  // A program on the same computer is limited, too: behind a tunnel it can be anyone.
  const common = { keyGenerator: principalKey, allowList: [] };
  const checks = {
    read: server.createRateLimit({ ...limits.read, ...common }),
    change: server.createRateLimit({ ...limits.change, ...common }),
    heavy: server.createRateLimit({ ...limits.heavy, ...common }),
  };
  // Before the body is read: a file that is refused anyway should take no memory.
  server.addHook('onRequest', async (request) => {
    const { cost } = request.routeOptions.config;
    if (cost === undefined) return;
    const outcome = await checks[cost](request);
    if (outcome.isAllowed || !outcome.isExceeded) return;
    throw tooMany(outcome.max, outcome.ttl);
  });
}

function principalKey({ principal, ip }: FastifyRequest): string {
  return principal === undefined ? `address ${ip}` : `${principal.kind} ${principal.id}`;
}

function tooMany(max: number, waitMs: number): RetryLater {
  return new RetryLater('RATE_LIMITED', `Cannot answer more than ${max} requests a minute`, Math.ceil(waitMs / 1_000));
}
