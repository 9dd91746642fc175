import type { FastifyInstance } from 'fastify';
import { limitPrincipals } from '../../rate-limits.ts';
import type { ApiParts } from './api-parts.ts';
import { tagAnswers } from './etag.ts';
import { API_ROUTES } from './index.ts';

/** Every route of `/api/v1`, with what is common to them: a limit for each account or token, and ETags. */
export async function apiPlugin(server: FastifyInstance, parts: ApiParts): Promise<void> {
  // Fastify reads text by itself; a route that takes something else than JSON says so.
  server.removeContentTypeParser('text/plain');
  limitPrincipals(server);
  tagAnswers(server);
  for (const routes of API_ROUTES) await server.register(async (scope) => routes(scope, parts));
}
