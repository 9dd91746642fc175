import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoDateOf } from '../../../catalogues/viet-nam-time.ts';
import { ROLES } from '../../../people/principal.ts';
import { COLLECTOR_VERSION } from '../../../version.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';

const about = z.object({
  version: z.string().describe('Version of the collector'),
  now: z.iso.datetime().describe("The collector's clock"),
  today: z.iso.date().describe('Its day in Asia/Ho_Chi_Minh, which figures are of'),
  baselineId: z.string().describe('Baseline in force'),
  indexSetId: z.string().describe('Set of indicators that is meant when none is named'),
  principal: z
    .object({
      kind: z.enum(['account', 'token', 'command']),
      name: z.string(),
      role: z.enum(ROLES),
      agencyCode: z.string().optional().describe('The agency above what it may see; absent: the whole register'),
    })
    .describe('Who asks, as the collector sees it'),
});

/** `GET /api/v1/about`: what answers here, and who is asking. */
export async function aboutRoutes(server: FastifyInstance, { indicators, baseline, nowMs }: ApiParts): Promise<void> {
  addRoute(server, {
    method: 'GET',
    path: '/about',
    id: 'getAbout',
    tag: 'about',
    summary: { vi: 'Bộ thu thập này là gì và ai đang hỏi', en: 'What answers here, and who is asking.' },
    access: { kind: 'people', roles: ROLES },
    takes: {},
    answer: about,
    problems: [],
    examples: [{ name: 'about' }],
    handler: async ({ request }) => {
      const { kind, name, role, agencyCode } = principalOf(request);
      return {
        version: COLLECTOR_VERSION,
        now: new Date(nowMs()).toISOString(),
        today: isoDateOf(nowMs()),
        baselineId: baseline.id,
        indexSetId: indicators.indexSet().id,
        principal: { kind, name, role, agencyCode },
      };
    },
  });
}
