import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { NETWORK_RESULTS, type NetworkFigures } from '../../../metrics/metric-family.ts';
import type { StandingNetwork } from '../../../networks/network-record.ts';
import { type AgencyScope, type Principal, ROLES } from '../../../people/principal.ts';
import { AGENCY_LEVELS } from '../../../register/agency.ts';
import { principalOf, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { answerNetwork, networkAnswer } from './network-answer.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const level = z.enum(AGENCY_LEVELS);
const result = z.enum(NETWORK_RESULTS);

const network = networkAnswer.extend({
  agencies: z
    .array(z.object({ level: z.string(), result, agencyCount: z.int() }))
    .describe('Agencies by level and result, as far as the caller may see them'),
});

const agencyResult = z.object({
  agencyCode: z.string(),
  level: z.string(),
  result: result.describe('Best of the PCs of the agency; `unknown` when none tried, which is not down'),
  availability: z
    .object({
      a: z.int().describe('Five-minute slots with a success'),
      b: z.int().describe('Five-minute slots in which a PC of the agency was on'),
      valueRatio: z.number().optional().describe('a / b; absent when b is 0'),
    })
    .describe('Over the availability window'),
  rttSeconds: z.object({ median: z.number(), p95: z.number() }).optional().describe('Absent without a success'),
});

const params = z.strictObject({ id: z.string().max(64).describe('Id of the network') });

const query = z.strictObject({
  ...PAGE_QUERY,
  level: level.optional().describe('Only agencies of this level'),
  result: result.optional().describe('Only agencies with this result'),
});

const common = {
  method: 'GET',
  tag: 'networks',
  access: { kind: 'people', roles: ROLES },
  revalidates: true,
  cost: 'heavy',
} as const;

/** `/api/v1/networks`: the networks that stand, and what the agencies see of them. */
export async function networkRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addNetworks(server, parts);
  addNetwork(server, parts);
  addAgencies(server, parts);
}

function addNetworks(server: FastifyInstance, { networks, source }: ApiParts): void {
  addRoute(server, {
    ...common,
    path: '/networks',
    id: 'listNetworks',
    summary: {
      vi: 'Các mạng đã khai báo và số cơ quan theo kết quả',
      en: 'Networks with the number of agencies by result.',
    },
    takes: {},
    answer: z.object({
      items: z.array(network).describe('Those of the settings in their order, then the others by id'),
    }),
    problems: [],
    examples: [{ name: 'all' }],
    handler: async ({ request }) => {
      const figures = inScope(await source.networks(), scopedAgencies(request));
      return { items: networks.list().map((one) => describe(one, figures, principalOf(request))) };
    },
  });
}

function addNetwork(server: FastifyInstance, { networks, source }: ApiParts): void {
  addRoute(server, {
    ...common,
    path: '/networks/:id',
    id: 'getNetwork',
    summary: { vi: 'Một mạng', en: 'One network with the number of agencies by result.' },
    takes: { params },
    answer: network,
    problems: ['NETWORK_UNKNOWN'],
    examples: [
      { name: 'of-the-settings', params: { id: 'wan' } },
      { name: 'of-people', params: { id: 'lan' } },
      { name: 'no-such-network', params: { id: 'moon' }, status: 404 },
    ],
    handler: async ({ params: { id }, request }) => {
      const found = networks.find(id);
      return describe(found, inScope(await source.networks(), scopedAgencies(request)), principalOf(request));
    },
  });
}

function addAgencies(server: FastifyInstance, { networks, source }: ApiParts): void {
  addRoute(server, {
    ...common,
    path: '/networks/:id/agencies',
    id: 'listNetworkAgencies',
    summary: {
      vi: 'Kết quả kết nối của từng cơ quan',
      en: 'What the PCs of each agency see of a network, by agency code.',
    },
    takes: { params, query },
    answer: pageOf(agencyResult),
    problems: ['NETWORK_UNKNOWN'],
    examples: [
      { name: 'all', params: { id: 'wan' } },
      { name: 'communes-not-reached', params: { id: 'wan' }, query: { level: 'commune', result: 'not_reached' } },
      { name: 'no-such-network', params: { id: 'moon' }, status: 404 },
    ],
    handler: async ({ params: { id }, query: asked, request }) => {
      networks.find(id);
      const rows = inScope(await source.networks(), scopedAgencies(request))
        .filter((row) => row.network === id)
        .filter((row) => asked.level === undefined || row.level === asked.level)
        .filter((row) => asked.result === undefined || row.result === asked.result)
        .toSorted((a, b) => (a.agencyCode < b.agencyCode ? -1 : 1));
      const page = pageFromList(rows, asked, ({ agencyCode }) => [agencyCode]);
      return { ...page, items: page.items.map(shown) };
    },
  });
}

function inScope(figures: readonly NetworkFigures[], scope: AgencyScope): readonly NetworkFigures[] {
  return figures.filter(({ agencyCode }) => scope.covers(agencyCode));
}

function describe(one: StandingNetwork, figures: readonly NetworkFigures[], principal: Principal) {
  const counts = Map.groupBy(
    figures.filter((row) => row.network === one.definition.id),
    (row) => `${row.level} ${row.result}`,
  );
  const agencies = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rows]) =>
      rows.slice(0, 1).map((row) => ({ level: row.level, result: row.result, agencyCount: rows.length })),
    );
  return { ...answerNetwork(one, principal), agencies };
}

function shown({ agencyCode, level: ofLevel, result: seen, slotsOn, slotsReached, rttSeconds }: NetworkFigures) {
  const valueRatio = slotsOn === 0 ? undefined : slotsReached / slotsOn;
  return {
    agencyCode,
    level: ofLevel,
    result: seen,
    availability: { a: slotsReached, b: slotsOn, valueRatio },
    rttSeconds: rttSeconds === undefined ? undefined : { ...rttSeconds },
  };
}
