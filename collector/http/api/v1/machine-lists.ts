import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ASSET_STATES } from '../../../machines/machine-lists.ts';
import { ROLES } from '../../../people/principal.ts';
import { principalOf, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import { agencyInScope } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';
import { NO_CONTENT } from './api-route.ts';
import { EXAMPLE_IDS } from './example-ids.ts';
import { assetItem, conflictAnswer, conflictAnswerOf, machineName, machineNameOf } from './machine-answers.ts';
import { machineInScope } from './machine-in-scope.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const everybody = { kind: 'people', roles: ROLES } as const;

type Parts = Pick<ApiParts, 'machines'>;

/** Lists in which somebody has something to do: conflicts, asset lists against agents, machines without an agency. */
export async function machineListRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  listConflicts(server, parts);
  listNamed(server, parts);
  listAssets(server, parts);
  linkAsset(server, parts);
}

function listConflicts(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/machine-conflicts',
    id: 'listMachineConflicts',
    tag: 'machines',
    summary: { vi: 'Những trường hợp hai máy dùng chung một mã máy', en: 'Conflicts nobody decided, newest first.' },
    access: everybody,
    takes: {},
    answer: z.object({ items: z.array(conflictAnswer) }),
    problems: [],
    examples: [{ name: 'open' }],
    handler: async ({ request }) => {
      const open = await machines.conflicts(scopedAgencies(request).codes);
      return { items: open.map(conflictAnswerOf) };
    },
  });
}

function listNamed(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/unregistered-machines',
    id: 'listUnregisteredMachines',
    tag: 'machines',
    summary: {
      vi: 'Máy có phần mềm trạm đo nhưng không có trong danh mục tài sản của cơ quan',
      en: 'Machines with an agent that the asset list of their agency lacks.',
    },
    access: everybody,
    takes: { query: z.strictObject(PAGE_QUERY) },
    answer: pageOf(machineName),
    problems: [],
    revalidates: true,
    examples: [{ name: 'first-page', query: { limit: 10 } }],
    handler: async ({ query, request }) => {
      const found = await machines.unregistered(scopedAgencies(request).codes);
      return pageFromList(found.map(machineNameOf), query, nameKey);
    },
  });
  addRoute(server, {
    method: 'GET',
    path: '/unassigned-machines',
    id: 'listUnassignedMachines',
    tag: 'machines',
    summary: {
      vi: 'Máy của cơ quan đã giải thể mà chưa có cơ quan tiếp nhận',
      en: 'Machines of agencies that are no more and have no successor, to be moved.',
    },
    access: { kind: 'people', roles: ['admin', 'operator'] },
    takes: { query: z.strictObject(PAGE_QUERY) },
    answer: pageOf(machineName),
    problems: [],
    examples: [{ name: 'first-page' }],
    handler: async ({ query }) => pageFromList((await machines.unassigned()).map(machineNameOf), query, nameKey),
  });
}

function nameKey({ agencyCode, hostname, machineId }: z.infer<typeof machineName>) {
  return [agencyCode, hostname, machineId] as const;
}

function listAssets(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/assets',
    id: 'listAssets',
    tag: 'machines',
    summary: {
      vi: 'Danh mục tài sản máy tính đối chiếu với máy có phần mềm trạm đo',
      en: 'Asset lists of agencies, each row with the machine it is: by agency and asset id.',
    },
    access: everybody,
    takes: {
      query: z.strictObject({
        ...PAGE_QUERY,
        agency: z.string().max(64).optional().describe('Only the list of this agency'),
        state: z.enum(ASSET_STATES).optional().describe('`misconnected`: stands alone, and yet has an agent'),
      }),
    },
    answer: pageOf(assetItem),
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [
      { name: 'of-an-agency', query: { agency: 'H47.12' } },
      { name: 'never-seen', query: { state: 'unseen' } },
    ],
    handler: async ({ query, request }) => {
      const { agency, state } = query;
      const only = agency === undefined ? undefined : new Set([await agencyInScope(request, agency)]);
      const assets = await machines.assets(only ?? scopedAgencies(request).codes);
      const found = assets.filter((asset) => state === undefined || asset.state === state);
      return pageFromList(found, query, ({ agencyCode, assetId }) => [agencyCode, assetId]);
    },
  });
}

function linkAsset(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'PUT',
    path: '/assets/:agency/:asset/machine',
    id: 'linkAsset',
    tag: 'machines',
    summary: {
      vi: 'Chỉ ra máy nào là tài sản này',
      en: 'Says which machine an asset is; without an id it is found by serial and host name again.',
    },
    access: { kind: 'people', roles: ['admin', 'operator', 'agency'] },
    takes: {
      params: z.strictObject({
        agency: z.string().max(64).describe('Agency of the asset list'),
        asset: z.string().min(1).max(100).describe('Asset id, percent-encoded'),
      }),
      body: z.strictObject({ machineId: z.string().min(1).max(64).optional() }),
    },
    status: 204,
    answer: NO_CONTENT,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN', 'MACHINE_NOT_FOUND', 'MACHINE_INVALID'],
    examples: [
      { name: 'unlink', params: { agency: 'H47.12', asset: EXAMPLE_IDS.asset }, body: {} },
      { name: 'nobody', params: { agency: 'H47.12', asset: 'TS-999' }, body: {}, status: 404 },
    ],
    handler: async ({ params, body, request }) => {
      const agencyCode = await agencyInScope(request, params.agency);
      const { machineId } = body;
      if (machineId !== undefined) await machineInScope(request, machines, machineId);
      await machines.link(principalOf(request), { agencyCode, assetId: params.asset }, machineId);
      return undefined;
    },
  });
}
