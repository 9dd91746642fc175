import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../../../people/principal.ts';
import { addRoute } from './add-route.ts';
import { agencyInScope, agencyParams } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';
import { declaredPlaceAnswer, shownDeclaredPlace, shownPlace, usedPlace } from './connectivity-answers.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

/** `GET /api/v1/agencies/:code/places`: from where machines of an agency speak for it. */
export async function agencyPlaceRoutes(
  server: FastifyInstance,
  { connectivity }: Pick<ApiParts, 'connectivity'>,
): Promise<void> {
  addRoute(server, {
    method: 'GET',
    path: '/agencies/:code/places',
    id: 'listAgencyPlaces',
    tag: 'agencies',
    summary: {
      vi: 'Các nơi máy của cơ quan đã kết nối trong 30 ngày qua, nơi nào được tính cho cơ quan và vì sao',
      en: 'Where the PCs of an agency were in the last 30 days, and which places count for it and why.',
    },
    access: { kind: 'people', roles: ROLES },
    cost: 'heavy',
    takes: { params: agencyParams, query: z.strictObject(PAGE_QUERY) },
    answer: pageOf(usedPlace).extend({
      declared: z.array(declaredPlaceAnswer).describe('Places the agency declared, on every page'),
    }),
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [
      { name: 'department', params: { code: 'H47.12' } },
      { name: 'commune-with-a-declared-place', params: { code: 'H47.151' } },
      { name: 'nobody', params: { code: 'H47.99' }, status: 404 },
    ],
    handler: async ({ params, query, request }) => {
      const { places, declared } = await connectivity.places(await agencyInScope(request, params.code));
      const page = pageFromList(places, query, ({ machineCount, addressRange, gateway }) => [
        -machineCount,
        `${addressRange} ${gateway}`,
      ]);
      return { ...page, items: page.items.map(shownPlace), declared: declared.map(shownDeclaredPlace) };
    },
  });
}
