import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { RetryLater } from '../ingest/retry-later.ts';
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

/** Counts requests by address. Programs on the same computer are not limited: they could do worse anyway. */
export async function limitRates(server: FastifyInstance): Promise<void> {
  await server.register(rateLimit, {
    global: true,
    ...READER_LIMIT,
    cache: 20_000,
    allowList: (request) => isLoopback(request.ip),
    errorResponseBuilder: (_request, { max, ttl }) =>
      new RetryLater('RATE_LIMITED', `Cannot answer more than ${max} requests a minute`, Math.ceil(ttl / 1_000)),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
}
