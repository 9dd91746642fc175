import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { exceptionForm } from '../../../baselines/exception-desk.ts';
import { isRunning } from '../../../baselines/is-running.ts';
import { isoDateOf } from '../../../catalogues/viet-nam-time.ts';
import { ROLES } from '../../../people/principal.ts';
import type { RuleException } from '../../../store/exception-store.ts';
import { principalOf, requireInScope, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import { agencyInScope } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';
import { EXAMPLE_IDS } from './example-ids.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const answer = z.object({
  id: z.string(),
  ...exceptionForm.shape,
  isRunning: z.boolean().describe('It holds today'),
  grantedAt: z.iso.datetime(),
  grantedBy: z.string(),
  ended: z
    .object({
      on: z.iso.date().describe('First day on which it no longer holds'),
      at: z.iso.datetime(),
      by: z.string(),
    })
    .optional()
    .describe('Somebody ended it early'),
});

const query = z.strictObject({
  ...PAGE_QUERY,
  agency: z.string().max(64).optional().describe('Only of this agency'),
  rule: z.string().max(64).optional().describe('Only from this rule'),
  running: z.stringbool().optional().describe('Only those that hold today, or only the others'),
});

const params = z.strictObject({ id: z.string().max(64).describe('Id of the exception') });

const keepers = { kind: 'people', roles: ['admin', 'operator'] } as const;

const common = { tag: 'exceptions' } as const;

/** `/api/v1/exceptions`: which agencies are excepted from which rules, why and until when. */
export async function exceptionRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addReads(server, parts);
  addChanges(server, parts);
}

function addReads(server: FastifyInstance, { exceptions, nowMs }: ApiParts): void {
  addRoute(server, {
    ...common,
    method: 'GET',
    path: '/exceptions',
    id: 'listExceptions',
    summary: { vi: 'Các ngoại lệ', en: 'Exceptions from rules, by id, that is in the order they were granted.' },
    access: { kind: 'people', roles: ROLES },
    takes: { query },
    answer: pageOf(answer),
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [{ name: 'all' }, { name: 'running-of-an-agency', query: { agency: 'H47.12', running: true } }],
    handler: async ({ query: asked, request }) => {
      const code = asked.agency === undefined ? undefined : await agencyInScope(request, asked.agency);
      const today = isoDateOf(nowMs());
      const rows = (await exceptions.list())
        .filter(({ agencyCode }) => scopedAgencies(request).covers(agencyCode))
        .filter(({ agencyCode }) => code === undefined || agencyCode === code)
        .filter(({ ruleId }) => asked.rule === undefined || ruleId === asked.rule)
        .filter((row) => asked.running === undefined || isRunning(row, today) === asked.running)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const page = pageFromList(rows, asked, ({ id }) => [id]);
      return { ...page, items: page.items.map((row) => shown(row, today)) };
    },
  });
}

function addChanges(server: FastifyInstance, { exceptions, nowMs }: ApiParts): void {
  const order = { ruleId: 'firewall-on', reason: 'Máy nối thiết bị đo', document: '15/TB-SKHCN' };
  const span = { firstDay: '2026-03-01', lastDay: '2026-06-30' };
  addRoute(server, {
    ...common,
    method: 'POST',
    path: '/exceptions',
    id: 'grantException',
    summary: { vi: 'Cho phép một ngoại lệ', en: 'Grants an exception; machines that fail go on failing.' },
    access: keepers,
    takes: { body: exceptionForm },
    status: 201,
    answer,
    problems: ['AGENCY_UNKNOWN', 'EXCEPTION_INVALID', 'RULE_UNKNOWN'],
    examples: [
      { name: 'firewall', body: { agencyCode: 'H47.151', ...order, ...span } },
      { name: 'too-long', body: { agencyCode: 'H47.151', ...order, ...span, lastDay: '2027-06-30' }, status: 400 },
    ],
    handler: async ({ body, request }) => {
      const unknown = new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${body.agencyCode}"`);
      await requireInScope(request, { agencyCode: body.agencyCode, target: body.agencyCode, unknown });
      return shown(await exceptions.grant(principalOf(request), body), isoDateOf(nowMs()));
    },
  });
  addRoute(server, {
    ...common,
    method: 'POST',
    path: '/exceptions/:id/end',
    id: 'endException',
    summary: { vi: 'Kết thúc sớm một ngoại lệ', en: 'Ends an exception before its last day.' },
    access: keepers,
    takes: {
      params,
      body: z.strictObject({ on: z.iso.date().optional().describe('First day without it; today when absent') }),
    },
    answer,
    problems: ['EXCEPTION_INVALID', 'EXCEPTION_UNKNOWN'],
    examples: [
      { name: 'today', params: { id: EXAMPLE_IDS.exception }, body: {} },
      { name: 'no-such-exception', params: { id: 'moon' }, body: {}, status: 404 },
    ],
    handler: async ({ params: { id }, body, request }) => {
      const { agencyCode } = await exceptions.find(id);
      const unknown = new TramdoError('EXCEPTION_UNKNOWN', `Cannot find the exception "${id}"`);
      await requireInScope(request, { agencyCode, target: id, unknown });
      return shown(await exceptions.end(principalOf(request), id, body.on), isoDateOf(nowMs()));
    },
  });
}

function shown(exception: RuleException, today: string): z.output<typeof answer> {
  const { grantedAtMs, ended, ...rest } = exception;
  return {
    ...rest,
    isRunning: isRunning(exception, today),
    grantedAt: new Date(grantedAtMs).toISOString(),
    ...(ended === undefined ? {} : { ended: { on: ended.on, at: new Date(ended.atMs).toISOString(), by: ended.by } }),
  };
}
