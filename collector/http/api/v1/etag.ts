import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A strong entity tag of a version or hash that names exactly these bytes (RFC 9110 section 8.8.3). */
export function entityTag(version: string): string {
  return `"${version}"`;
}

/**
 * A weak entity tag of an answer that says the same as long as nothing but the named fields changes, such as the instant
 * it was made at.
 */
export function weakTag(answer: unknown, withoutFields: readonly string[]): string {
  const text = JSON.stringify(answer, (key: string, value: unknown) =>
    withoutFields.includes(key) ? undefined : value,
  );
  return `W/${entityTag(hashOf(text))}`;
}

/**
 * Tells a client that what it has still holds.
 *
 * @param etag see {@link entityTag}; set on the reply in either case
 * @returns whether the request named it in If-None-Match, so that nothing need be computed; the reply is 304 then
 */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', etag);
  if (!namesTag(request.headers['if-none-match'], etag)) return false;
  reply.code(304);
  return true;
}

/**
 * Gives JSON answers to GET a tag of their bytes, and answers 304 to a client that has them. It saves the line, not the
 * work; a route that knows a version beforehand uses {@link isUnchanged}.
 */
export function tagAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    if (reply.hasHeader('etag') || request.routeOptions.config.revalidates !== true) return payload;
    return isUnchanged(request, reply, entityTag(hashOf(payload))) ? '' : payload;
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers carry an ETag and may be kept by the client that asks again with If-None-Match. */
    readonly revalidates?: boolean;
  }
}

/** Weak comparison, as If-None-Match wants it (RFC 9110 section 13.1.2). */
function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((text) => text.trim() === '*' || opaqueTag(text) === opaqueTag(etag));
}

function opaqueTag(text: string): string {
  return text.trim().replace(/^W\//, '');
}

/** Long enough that two answers never share one. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}
