import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { probeIdText } from '#shared/report.ts';
import { VERDICTS } from '#shared/verdict.ts';
import { ROLES } from '../../../people/principal.ts';
import { subtreeOf } from '../../../register/register-state.ts';
import { AGENT_STATES } from '../../../store/machine-page.ts';
import { scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import { agencyInScope } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';
import { EXAMPLE_IDS } from './example-ids.ts';
import {
  machineAnswer,
  machineAnswerOf,
  machineItem,
  machineItemOf,
  pastObservation,
  pastObservationOf,
} from './machine-answers.ts';
import { machineInScope, machineParams } from './machine-in-scope.ts';
import { badCursor, PAGE_QUERY, type PageAsked, pageFromRows, pageOf, readCursor } from './paging.ts';

const everybody = { kind: 'people', roles: ROLES } as const;

const filters = z.strictObject({
  ...PAGE_QUERY,
  agency: z.string().max(64).optional().describe('Only machines of this agency'),
  subtree: z.stringbool().default(false).describe('With `agency`: of everything below it in the tree too'),
  state: z.enum(AGENT_STATES).optional().describe('By the newest report, in working days'),
  kind: z.enum(MACHINE_KINDS).optional().describe('Only machines of this kind'),
  rule: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/)
    .optional()
    .describe('Only machines of which this rule says `verdict`'),
  verdict: z.enum(VERDICTS).default('fail').describe('What the rule says; only with `rule`'),
  text: z.string().trim().min(1).max(100).optional().describe('Part of the host name or of the id'),
  conflict: z.stringbool().optional().describe('Only machines with a conflict to decide, or only those without'),
});

type Parts = Pick<ApiParts, 'machines' | 'register'>;

/** `GET /api/v1/machines…`: machines with an agent, by what is known of them now. */
export async function machineRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  listMachines(server, parts);
  getMachine(server, parts);
  listObservations(server, parts);
}

function listMachines(server: FastifyInstance, { machines, register }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/machines',
    id: 'listMachines',
    tag: 'machines',
    summary: { vi: 'Danh sách máy tính theo điều kiện', en: 'Machines that fit, by agency, host name and id.' },
    access: everybody,
    takes: { query: filters },
    answer: pageOf(machineItem),
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [
      { name: 'first-page', query: { limit: 2 } },
      { name: 'failing-a-rule', query: { agency: 'H47.12', rule: 'disk-encrypted', verdict: 'unknown' } },
      { name: 'of-a-subtree', query: { agency: 'H47', subtree: true, state: 'reporting', kind: 'laptop' } },
      { name: 'to-decide', query: { conflict: true } },
    ],
    handler: async ({ query, request }) => {
      const { agency, subtree, state, kind, text, conflict, rule, verdict, limit } = query;
      const code = agency === undefined ? undefined : await agencyInScope(request, agency);
      const ofAgency = code === undefined ? undefined : new Set([code]);
      const below = code !== undefined && subtree ? subtreeOf(await register.state(), code) : ofAgency;
      const rows = await machines.list({
        ...{ state, kind, text, hasConflict: conflict },
        agencyCodes: below ?? scopedAgencies(request).codes,
        rule: rule === undefined ? undefined : { ruleId: rule, verdict },
        after: placeOf(query),
        limit: limit + 1,
      });
      const page = pageFromRows(rows, query, ({ agencyCode, hostname, machineId }) => [
        agencyCode,
        hostname,
        machineId,
      ]);
      return { ...page, items: page.items.map(machineItemOf) };
    },
  });
}

/** @throws {RequestProblem} when the cursor is that of another list */
function placeOf(query: PageAsked): readonly [string, string, string] | undefined {
  const [agencyCode, hostname, machineId] = readCursor(query) ?? [];
  if (agencyCode === undefined) return undefined;
  if (typeof agencyCode === 'string' && typeof hostname === 'string' && typeof machineId === 'string') {
    return [agencyCode, hostname, machineId];
  }
  throw badCursor(query.cursor ?? '');
}

function getMachine(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/machines/:id',
    id: 'getMachine',
    tag: 'machines',
    summary: {
      vi: 'Một máy tính: đã thấy gì, đạt hay không đạt và vì sao, lịch sử',
      en: 'One machine: what was seen, how every rule judged it and why, what happened to it.',
    },
    access: everybody,
    takes: { params: machineParams },
    answer: machineAnswer,
    problems: ['MACHINE_NOT_FOUND'],
    revalidates: true,
    examples: [
      { name: 'desktop', params: { id: EXAMPLE_IDS.machine } },
      { name: 'nobody', params: { id: 'nobody' }, status: 404 },
    ],
    handler: async ({ params, request }) => {
      const { machineId } = await machineInScope(request, machines, params.id);
      return machineAnswerOf(await machines.show(machineId));
    },
  });
}

function listObservations(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/machines/:id/observations/:probe',
    id: 'listMachineObservations',
    tag: 'machines',
    summary: {
      vi: 'Những gì một phép đo đã thấy trên máy theo thời gian',
      en: 'What one probe saw of a machine over time, newest first, at most `limit`.',
    },
    access: everybody,
    takes: {
      params: z.strictObject({ ...machineParams.shape, probe: probeIdText.describe('Id of the probe') }),
      query: z.strictObject({ limit: PAGE_QUERY.limit }),
    },
    answer: z.object({ items: z.array(pastObservation) }),
    problems: ['MACHINE_NOT_FOUND'],
    revalidates: true,
    examples: [{ name: 'firewall', params: { id: EXAMPLE_IDS.machine, probe: 'firewall' }, query: { limit: 5 } }],
    handler: async ({ params, query, request }) => {
      const { machineId } = await machineInScope(request, machines, params.id);
      const changes = await machines.observationHistory(machineId, params.probe, query.limit);
      return { items: changes.map(pastObservationOf) };
    },
  });
}
