import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { NETWORK_RESULTS, type NetworkFigures } from '../../../metrics/metric-family.ts';
import type { StandingNetwork } from '../../../networks/network-record.ts';
import type { AgencyScope, Principal } from '../../../people/principal.ts';
import { principalOf, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { answerNetwork, NETWORK_READ, networkAnswer, networkParams } from './network-answer.ts';

const result = z.enum(NETWORK_RESULTS);

const network = networkAnswer.extend({
  agencies: z
    .array(z.object({ level: z.string(), result, agencyCount: z.int() }))
    .describe('Agencies by level and result, as far as the caller may see them'),
});

const params = networkParams;

/** `/api/v1/networks`: the networks that stand, and what the agencies see of them. */
export async function networkRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addNetworks(server, parts);
  addNetwork(server, parts);
}

function addNetworks(server: FastifyInstance, { networks, source }: ApiParts): void {
  addRoute(server, {
    ...NETWORK_READ,
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
    ...NETWORK_READ,
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
