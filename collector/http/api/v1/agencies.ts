import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../../../people/principal.ts';
import { AGENCY_LEVELS } from '../../../register/agency.ts';
import { parseAgencyCode } from '../../../register/agency-code.ts';
import { filterAgencies } from '../../../register/filter-agencies.ts';
import { registerTotals } from '../../../register/register-totals.ts';
import { scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import {
  agencyAnswer,
  agencyAnswerOf,
  agencyItem,
  agencyItemOf,
  totalsAnswer,
  totalsAnswerOf,
} from './agency-answers.ts';
import { agencyInScope, agencyParams } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const at = z.iso.date().optional().describe('The day, Asia/Ho_Chi_Minh; today when absent');

const everybody = { kind: 'people', roles: ROLES } as const;

type Parts = Pick<ApiParts, 'register'>;

/** `GET /api/v1/agencies…`: the register as it stood on a day. */
export async function agencyRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  listAgencies(server, parts);
  getAgency(server, parts);
  getTotals(server, parts);
}

function listAgencies(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/agencies',
    id: 'listAgencies',
    tag: 'agencies',
    summary: { vi: 'Danh sách cơ quan vào một ngày', en: 'Agencies of a day, by code.' },
    access: everybody,
    takes: {
      query: z.strictObject({
        ...PAGE_QUERY,
        at,
        level: z.enum(AGENCY_LEVELS).optional().describe('Only agencies of this level'),
        parent: z.string().max(35).optional().describe('Only agencies directly below this one'),
        text: z
          .string()
          .trim()
          .min(1)
          .max(100)
          .optional()
          .describe('Part of the code or a name; accents and case do not matter'),
      }),
    },
    answer: pageOf(agencyItem),
    problems: ['AGENCY_INVALID'],
    revalidates: true,
    examples: [
      { name: 'first-page', query: { limit: 2 } },
      { name: 'departments', query: { level: 'department', parent: 'H47', at: '2026-03-01' } },
      { name: 'by-name', query: { text: 'so' } },
    ],
    handler: async ({ query, request }) => {
      const { parent, level, text } = query;
      const parentCode = parent === undefined ? undefined : parseAgencyCode(parent);
      const found = filterAgencies(await register.state(query.at), { parentCode, level, text });
      const scope = scopedAgencies(request);
      const page = pageFromList(
        found.filter(({ code }) => scope.covers(code)),
        query,
        ({ code }) => [code],
      );
      return { ...page, items: page.items.map(agencyItemOf) };
    },
  });
}

function getAgency(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/agencies/:code',
    id: 'getAgency',
    tag: 'agencies',
    summary: {
      vi: 'Một cơ quan: số liệu khai báo, tên gọi qua các thời kỳ, cơ quan tiền thân',
      en: 'One agency: what it declares, with day and source, its versions and predecessors.',
    },
    access: everybody,
    takes: { params: agencyParams, query: z.strictObject({ at }) },
    answer: agencyAnswer,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [
      { name: 'department', params: { code: 'H47.12' } },
      { name: 'on-a-day', params: { code: 'H47' }, query: { at: '2026-01-01' } },
      { name: 'nobody', params: { code: 'H47.99' }, status: 404 },
    ],
    handler: async ({ params, query, request }) =>
      agencyAnswerOf(await register.record(await agencyInScope(request, params.code), query.at)),
  });
}

function getTotals(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/agencies/:code/totals',
    id: 'getAgencyTotals',
    tag: 'agencies',
    summary: {
      vi: 'Tổng số liệu khai báo của một cơ quan và mọi đơn vị bên dưới vào một ngày',
      en: 'Declared numbers of an agency and everything below it on a day, with who has not declared.',
    },
    access: everybody,
    takes: { params: agencyParams, query: z.strictObject({ at }) },
    answer: totalsAnswer,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [{ name: 'province', params: { code: 'H47' }, query: { at: '2026-03-02' } }],
    handler: async ({ params, query, request }) => {
      const code = await agencyInScope(request, params.code);
      const { day } = await register.record(code, query.at);
      return totalsAnswerOf(code, day, registerTotals(await register.state(day), code));
    },
  });
}
