import type { FastifyRequest } from 'fastify';
import { TramdoError } from '#shared/errors.ts';

/** Methods that change nothing, RFC 9110 section 9.2.1. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Tells whether a request may change something. */
export function isUnsafe({ method }: FastifyRequest): boolean {
  return !SAFE.has(method);
}

/**
 * Refuses a change that a browser sends from the page of another site, by what only the browser itself can say:
 * `Sec-Fetch-Site`, else `Origin`. A program that sends neither is nobody's browser.
 *
 * @throws {TramdoError} CROSS_SITE_REQUEST
 */
export function refuseOtherSites({ headers, host }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const isOwn = site === undefined ? origin === undefined || hostOf(origin) === host : OWN_SITES.includes(String(site));
  if (isOwn) return;
  throw new TramdoError('CROSS_SITE_REQUEST', 'Cannot take the request as a page of another site sent it');
}

/** `none` is what a person typed or opened from a bookmark. */
const OWN_SITES: readonly string[] = ['same-origin', 'none'];

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
