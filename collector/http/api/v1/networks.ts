import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { planNetwork } from '#shared/plan.ts';
import type { Settings } from '../../../config.ts';
import { NETWORK_RESULTS, type NetworkFigures } from '../../../metrics/metric-family.ts';
import { type AgencyScope, ROLES } from '../../../people/principal.ts';
import { AGENCY_LEVELS } from '../../../register/agency.ts';
import { principalOf, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const level = z.enum(AGENCY_LEVELS);
const result = z.enum(NETWORK_RESULTS);

const network = z.object({
  id: planNetwork.shape.id,
  name: z.string(),
  kind: planNetwork.shape.kind,
  targets: z.array(z.string()).optional().describe('What agents attempt; only for admin and operator'),
  cidrs: z.array(z.string()).optional().describe('Address ranges, a hint; only for admin and operator'),
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

/** `/api/v1/networks`: the networks of the settings, and what the agencies see of them. */
export async function networkRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addNetworks(server, parts);
  addAgencies(server, parts);
}

function addNetworks(server: FastifyInstance, { settings, source }: ApiParts): void {
  addRoute(server, {
    ...common,
    path: '/networks',
    id: 'listNetworks',
    summary: {
      vi: 'Các mạng đã khai báo và số cơ quan theo kết quả',
      en: 'Networks of the settings with the number of agencies by result.',
    },
    takes: {},
    answer: z.object({ items: z.array(network).describe('In the order of the settings') }),
    problems: [],
    examples: [{ name: 'all' }],
    handler: async ({ request }) => {
      const figures = inScope(await source.networks(), scopedAgencies(request));
      const isKeeper = ['admin', 'operator'].includes(principalOf(request).role);
      return { items: settings.networks.map((one) => describe(one, figures, isKeeper)) };
    },
  });
}

function addAgencies(server: FastifyInstance, { settings, source }: ApiParts): void {
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
      if (!settings.networks.some((one) => one.id === id)) throw unknownNetwork(id);
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

function describe(one: Settings['networks'][number], figures: readonly NetworkFigures[], isKeeper: boolean) {
  const { id, name, kind, targets, cidrs } = one;
  const counts = Map.groupBy(
    figures.filter((row) => row.network === id),
    (row) => `${row.level} ${row.result}`,
  );
  const agencies = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rows]) =>
      rows.slice(0, 1).map((row) => ({ level: row.level, result: row.result, agencyCount: rows.length })),
    );
  return { id, name, kind, agencies, ...(isKeeper ? { targets: [...targets], cidrs: [...cidrs] } : {}) };
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

function unknownNetwork(id: string): TramdoError {
  return new TramdoError('NETWORK_UNKNOWN', `Cannot find the network "${id}" in the settings`);
}
