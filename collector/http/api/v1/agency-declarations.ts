import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { declaredNumber } from '../../../register/agency.ts';
import { declaredDeployment, declaredLine, declaredSolution, declaredSystem } from '../../../register/declared-item.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import { agencyAnswer, agencyAnswerOf } from './agency-answers.ts';
import { agencyInScope, agencyParams } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';

/** Who may say what an agency declares: also the agency itself, for its own subtree. */
const declarers = { kind: 'people', roles: ['admin', 'operator', 'agency'] } as const;

const numbersBody = z.strictObject({
  numbers: z
    .array(declaredNumber.omit({ agencyCode: true }))
    .min(1)
    .max(100),
});

const itemsBody = z.strictObject({
  items: z
    .array(
      z.discriminatedUnion('kind', [
        declaredLine.omit({ agencyCode: true }),
        declaredSolution.omit({ agencyCode: true }),
        declaredSystem.omit({ agencyCode: true }),
        declaredDeployment.omit({ agencyCode: true }),
      ]),
    )
    .min(1)
    .max(100),
});

const EXAMPLE_SOURCE = 'QĐ 12/QĐ-UBND';

type Parts = Pick<ApiParts, 'register'>;

/** `PUT /api/v1/agencies/{code}/numbers` and `…/items`: what an agency declares. */
export async function agencyDeclarationRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  declareNumbers(server, parts);
  declareItems(server, parts);
}

function declareNumbers(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'PUT',
    path: '/agencies/:code/numbers',
    id: 'declareNumbers',
    tag: 'agencies',
    summary: {
      vi: 'Khai báo số liệu của cơ quan, có ngày và nguồn',
      en: 'Keeps numbers that an agency declares, each with its day and source; older ones stay.',
    },
    access: declarers,
    takes: { params: agencyParams, body: numbersBody },
    answer: agencyAnswer,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    examples: [
      {
        name: 'officials',
        params: { code: 'H47.12' },
        body: { numbers: [{ subject: 'officials', value: 45, asOf: '2026-03-01', source: EXAMPLE_SOURCE }] },
      },
    ],
    handler: async ({ params, body, request }) => {
      const agencyCode = await agencyInScope(request, params.code);
      const numbers = body.numbers.map((number) => ({ ...number, agencyCode }));
      await register.declare(principalOf(request), agencyCode, { numbers });
      return agencyAnswerOf(await register.record(agencyCode));
    },
  });
}

function declareItems(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'PUT',
    path: '/agencies/:code/items',
    id: 'declareItems',
    tag: 'agencies',
    summary: {
      vi: 'Khai báo đường truyền, giải pháp, hệ thống thông tin, phần mềm phòng chống mã độc có chia sẻ, địa điểm mạng',
      en: 'Keeps lines, solutions, systems, antivirus deployments and places that an agency declares.',
    },
    access: declarers,
    takes: { params: agencyParams, body: itemsBody },
    answer: agencyAnswer,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    examples: [
      {
        name: 'line',
        params: { code: 'H47.12' },
        body: {
          items: [
            {
              kind: 'line',
              itemId: 'main',
              asOf: '2026-01-01',
              source: EXAMPLE_SOURCE,
              lineKind: 'internet',
              capacityKbps: 100_000,
            },
          ],
        },
      },
    ],
    handler: async ({ params, body, request }) => {
      const agencyCode = await agencyInScope(request, params.code);
      const items = body.items.map((item) => ({ ...item, agencyCode }));
      await register.declare(principalOf(request), agencyCode, { items });
      return agencyAnswerOf(await register.record(agencyCode));
    },
  });
}
