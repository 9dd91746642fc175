import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MOST_WINDOW_DAYS } from '../../../connectivity/connectivity-desk.ts';
import { NETWORK_RESULTS } from '../../../metrics/metric-family.ts';
import { AGENCY_LEVELS } from '../../../register/agency.ts';
import { principalOf, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import { agencyInScope, agencyParams } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';
import {
  agencyNetwork,
  agencyOutage,
  agencyResult,
  shownAgencyNetwork,
  shownAgencyOutage,
  shownResult,
} from './connectivity-answers.ts';
import { NETWORK_READ, networkParams } from './network-answer.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const level = z.enum(AGENCY_LEVELS).optional().describe('Only agencies of this level');

const missing = { name: 'no-such-network', params: { id: 'moon' }, status: 404 };

/** `/api/v1/networks/:id/…`: what agencies see of a network, what stands behind it, and their outages. */
export async function networkAgencyRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addAgencies(server, parts);
  addAgency(server, parts);
  addOutages(server, parts);
}

function addAgencies(server: FastifyInstance, { networks, source }: ApiParts): void {
  addRoute(server, {
    ...NETWORK_READ,
    path: '/networks/:id/agencies',
    id: 'listNetworkAgencies',
    summary: {
      vi: 'Kết quả kết nối của từng cơ quan',
      en: 'What the PCs of each agency see of a network, by agency code.',
    },
    takes: {
      params: networkParams,
      query: z.strictObject({
        ...PAGE_QUERY,
        level,
        result: z.enum(NETWORK_RESULTS).optional().describe('Only agencies with this result'),
      }),
    },
    answer: pageOf(agencyResult),
    problems: ['NETWORK_UNKNOWN'],
    examples: [
      { name: 'all', params: { id: 'wan' } },
      { name: 'communes-not-reached', params: { id: 'wan' }, query: { level: 'commune', result: 'not_reached' } },
      missing,
    ],
    handler: async ({ params: { id }, query: asked, request }) => {
      networks.find(id);
      const scope = scopedAgencies(request);
      const rows = (await source.networks())
        .filter(({ network, agencyCode }) => network === id && scope.covers(agencyCode))
        .filter((row) => asked.level === undefined || row.level === asked.level)
        .filter((row) => asked.result === undefined || row.result === asked.result)
        .toSorted((a, b) => (a.agencyCode < b.agencyCode ? -1 : 1));
      const page = pageFromList(rows, asked, ({ agencyCode }) => [agencyCode]);
      return { ...page, items: page.items.map(shownResult) };
    },
  });
}

function addAgency(server: FastifyInstance, { connectivity }: ApiParts): void {
  addRoute(server, {
    ...NETWORK_READ,
    path: '/networks/:id/agencies/:code',
    id: 'getNetworkAgency',
    summary: {
      vi: 'Căn cứ của kết quả kết nối của một cơ quan: từng ngày, biên nhận, các lần mất kết nối',
      en: 'What stands behind the result of one agency: days, receipts and outages.',
    },
    takes: {
      params: z.strictObject({ ...networkParams.shape, ...agencyParams.shape }),
      query: z.strictObject({
        days: z.coerce
          .number()
          .int()
          .min(1)
          .max(MOST_WINDOW_DAYS)
          .optional()
          .describe('Length of the window that ends now; that of availability when absent'),
      }),
    },
    answer: agencyNetwork,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN', 'NETWORK_UNKNOWN'],
    examples: [
      { name: 'verified', params: { id: 'wan', code: 'H47.12' } },
      { name: 'one-day', params: { id: 'internet', code: 'H47.12' }, query: { days: 1 } },
      { name: 'nobody', params: { id: 'wan', code: 'H47.99' }, status: 404 },
      { ...missing, params: { id: 'moon', code: 'H47.12' } },
    ],
    handler: async ({ params: { id, code }, query: { days }, request }) =>
      shownAgencyNetwork(
        await connectivity.agencyNetwork(id, await agencyInScope(request, code), days),
        principalOf(request),
      ),
  });
}

function addOutages(server: FastifyInstance, { connectivity }: ApiParts): void {
  addRoute(server, {
    ...NETWORK_READ,
    path: '/networks/:id/outages',
    id: 'listNetworkOutages',
    summary: {
      vi: 'Các lần mất kết nối trong khoảng thời gian xét, mới nhất trước',
      en: 'Outages of the availability window, newest first.',
    },
    takes: {
      params: networkParams,
      query: z.strictObject({
        ...PAGE_QUERY,
        level,
        lasting: z.literal('true').optional().describe('`true`: only those that last'),
      }),
    },
    answer: pageOf(agencyOutage),
    problems: ['NETWORK_UNKNOWN'],
    examples: [
      { name: 'all', params: { id: 'wan' } },
      { name: 'lasting', params: { id: 'internet' }, query: { lasting: 'true', level: 'department' } },
      missing,
    ],
    handler: async ({ params: { id }, query, request }) => {
      const { covers } = scopedAgencies(request);
      const filter = { level: query.level, isLasting: query.lasting === 'true', covers };
      const outages = await connectivity.outages(id, filter);
      const page = pageFromList(outages, query, ({ startMs, agencyCode }) => [-startMs, agencyCode]);
      return { ...page, items: page.items.map(shownAgencyOutage) };
    },
  });
}
