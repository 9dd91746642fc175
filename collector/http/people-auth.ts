import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { TramdoError } from '#shared/errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without the access token: the route checks who asks by itself, or tells nothing. */
    readonly public?: boolean;
  }
}

/**
 * Lets only holders of the access token in, as a bearer or as the password of a browser's Basic dialogue. A route opts
 * out by `config: { public: true }`.
 *
 * @param token absent when everyone who reaches the collector may read
 */
export function protectRoutes(server: FastifyInstance, token: string | undefined): void {
  if (token === undefined) return;
  const expected = digest(token);
  server.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.public === true) return;
    const given = credentialOf(request.headers.authorization);
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return;
    throw new TramdoError(
      'AUTHENTICATION_REQUIRED',
      `Cannot answer as ${given === undefined ? 'no access token was sent' : 'the access token is wrong'}`,
    );
  });
}

function credentialOf(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(bearer|basic) +(\S+)$/i.exec(header ?? '') ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
