import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../../../people/principal.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { indexSetAnswer, shownSet } from './indicator-answers.ts';

const params = z.strictObject({ id: z.string().max(64).describe('Id of the set') });

/** `/api/v1/index-sets`: which indicators there are, by which text. */
export async function indexSetRoutes(server: FastifyInstance, { indicators }: ApiParts): Promise<void> {
  const common = {
    method: 'GET',
    tag: 'indicators',
    access: { kind: 'people', roles: ROLES },
    revalidates: true,
  } as const;
  addRoute(server, {
    ...common,
    path: '/index-sets',
    id: 'listIndexSets',
    summary: { vi: 'Các bộ chỉ số', en: 'Every index set with its indicators.' },
    takes: {},
    answer: z.object({ items: z.array(indexSetAnswer).describe('Sorted by id') }),
    problems: [],
    examples: [{ name: 'all' }],
    handler: async () => ({ items: indicators.indexSets().map(({ id }) => shownSet(indicators.indexSet(id))) }),
  });
  addRoute(server, {
    ...common,
    path: '/index-sets/:id',
    id: 'getIndexSet',
    summary: { vi: 'Một bộ chỉ số', en: 'One index set with its indicators.' },
    takes: { params },
    answer: indexSetAnswer,
    problems: ['INDEX_SET_UNKNOWN'],
    examples: [
      { name: 'first-catalogue', params: { id: 'catalogue-2026' } },
      { name: 'no-such-set', params: { id: 'moon' }, status: 404 },
    ],
    handler: async ({ params: { id } }) => shownSet(indicators.indexSet(id)),
  });
}
