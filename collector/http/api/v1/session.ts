import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PRINCIPAL_KINDS, ROLES } from '../../../people/principal.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { NO_CONTENT } from './api-route.ts';

const sessionAnswer = z.object({
  kind: z.enum(PRINCIPAL_KINDS),
  name: z.string(),
  role: z.enum(ROLES),
  agencyCode: z.string().optional().describe('The agency above what one may see; absent: the whole register'),
  csrfToken: z
    .string()
    .optional()
    .describe('For the header `X-CSRF-Token` of every change by session cookie; absent for a token'),
});

/** `GET /api/v1/session`: who asks, and what a change by cookie needs. `DELETE`: signs out. */
export async function sessionRoutes(server: FastifyInstance, { people }: ApiParts): Promise<void> {
  addRoute(server, {
    method: 'GET',
    path: '/session',
    id: 'getSession',
    tag: 'session',
    summary: { vi: 'Ai đang hỏi', en: 'Who asks.' },
    access: { kind: 'people', roles: ROLES },
    takes: {},
    answer: sessionAnswer,
    problems: ['SECOND_FACTOR_NEEDED'],
    examples: [{ name: 'who' }],
    handler: async ({ request, reply }) => {
      const { kind, name, role, agencyCode } = principalOf(request);
      return {
        kind,
        name,
        role,
        ...(agencyCode === undefined ? {} : { agencyCode }),
        ...(request.signedIn === undefined ? {} : { csrfToken: reply.generateCsrf() }),
      };
    },
  });
  addRoute(server, {
    method: 'DELETE',
    path: '/session',
    id: 'endSession',
    tag: 'session',
    summary: { vi: 'Đăng xuất', en: 'Signs out; a token is not changed by it.' },
    access: { kind: 'people', roles: ROLES },
    takes: {},
    status: 204,
    answer: NO_CONTENT,
    problems: ['CROSS_SITE_REQUEST'],
    examples: [{ name: 'end' }],
    handler: async ({ request }) => {
      const { signedIn } = request;
      if (signedIn === undefined) return undefined;
      await people.signIn.noteEnd(signedIn.account);
      await request.session.destroy();
      return undefined;
    },
  });
}
