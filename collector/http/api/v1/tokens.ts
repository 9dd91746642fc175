import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../../../people/principal.ts';
import { tokenFields } from '../../../people/token-desk.ts';
import type { AccessToken } from '../../../store/access-token-store.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { NO_CONTENT } from './api-route.ts';

const token = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  agencyCode: z.string().optional(),
  accountId: z.string().optional().describe('Account that made it; absent when it was the command line'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  usedOn: z.iso.date().optional().describe('Newest day of use; absent while it was not used'),
  revokedAt: z.iso.datetime().optional(),
});

const tokenList = z.object({ items: z.array(token).describe('Newest first') });
const madeToken = token.extend({ secret: z.string().describe('For the header Authorization: Bearer; told this once') });
const idParams = z.strictObject({ id: z.string().max(64).describe('Id of the token') });

/** `/api/v1/tokens`: tokens of programs; an administrator sees all, others those they made. */
export async function tokenRoutes(server: FastifyInstance, { people }: ApiParts): Promise<void> {
  const common = { tag: 'tokens', access: { kind: 'people', roles: ROLES } } as const;
  addRoute(server, {
    ...common,
    method: 'GET',
    path: '/tokens',
    id: 'listTokens',
    summary: { vi: 'Các mã truy cập API', en: 'API tokens, without their secrets.' },
    takes: {},
    answer: tokenList,
    problems: [],
    examples: [{ name: 'all' }],
    handler: async ({ request }) => ({ items: (await people.tokens.list(principalOf(request))).map(shown) }),
  });
  addRoute(server, {
    ...common,
    method: 'POST',
    path: '/tokens',
    id: 'createToken',
    summary: { vi: 'Tạo mã truy cập API', en: 'Makes an API token, for somebody who is signed in.' },
    takes: { body: tokenFields },
    status: 201,
    answer: madeToken,
    problems: ['ACCESS_TOKEN_INVALID', 'AGENCY_UNKNOWN', 'CROSS_SITE_REQUEST'],
    examples: [{ name: 'by-a-token', body: { name: 'Grafana', role: 'viewer' }, status: 403 }],
    handler: async ({ request, body }) => {
      const made = await people.tokens.create(principalOf(request), body);
      return { ...shown(made.token), secret: made.secret };
    },
  });
  addRoute(server, {
    ...common,
    method: 'DELETE',
    path: '/tokens/:id',
    id: 'revokeToken',
    summary: { vi: 'Thu hồi mã truy cập API', en: 'Makes a token useless at once.' },
    takes: { params: idParams },
    status: 204,
    answer: NO_CONTENT,
    problems: ['ACCESS_TOKEN_UNKNOWN', 'CROSS_SITE_REQUEST'],
    examples: [{ name: 'unknown', params: { id: 'nothing' }, status: 404 }],
    handler: async ({ request, params }) => {
      await people.tokens.revoke(principalOf(request), params.id);
      return undefined;
    },
  });
}

function shown({ createdAtMs, expiresAtMs, revokedAtMs, usedDay, ...rest }: AccessToken): z.input<typeof token> {
  return {
    ...rest,
    createdAt: new Date(createdAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
    ...(usedDay === undefined ? {} : { usedOn: usedDay }),
    ...(revokedAtMs === undefined ? {} : { revokedAt: new Date(revokedAtMs).toISOString() }),
  };
}
