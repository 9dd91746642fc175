import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import type { IndicatorResult, ResultScope } from '../../../indicators/indicator-result.ts';
import { RESULT_SCOPES } from '../../../indicators/indicator-result.ts';
import { ROLES } from '../../../people/principal.ts';
import { AGENCY_LEVELS } from '../../../register/agency.ts';
import { scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import { agencyInScope } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';
import {
  indicatorResult,
  indicatorUnit,
  resultScope,
  shownResult,
  shownUnits,
  UNIT_STANDINGS,
  unitKey,
} from './indicator-answers.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const set = z.string().max(64).optional().describe('Index set; the one in force when absent');
const at = z.iso
  .date()
  .optional()
  .describe('Day of the figures, Asia/Ho_Chi_Minh: a past one as it stood at its end; now when absent');
const agency = z.string().max(64).optional().describe('Only of this agency, alone and with what is below it');

const listQuery = z.strictObject({
  ...PAGE_QUERY,
  set,
  at,
  agency,
  indicator: z.string().max(64).optional().describe('Only this indicator'),
  scope: resultScope.optional(),
});

const unitQuery = z.strictObject({
  ...PAGE_QUERY,
  set,
  at,
  agency,
  scope: resultScope.optional().describe('`register` when absent, and `agency` where an agency is named'),
  level: z.enum(AGENCY_LEVELS).optional().describe('Of the scope `level`'),
  standing: z.enum(UNIT_STANDINGS).optional().describe('Only units that stand so'),
});

const params = z.strictObject({ id: z.string().max(64).describe('Id of the indicator') });

const common = { method: 'GET', tag: 'indicators', access: { kind: 'people', roles: ROLES } } as const;

/** `/api/v1/indicators`: figures of any day, and the units behind each. */
export async function indicatorRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addResults(server, parts);
  addUnits(server, parts);
}

function addResults(server: FastifyInstance, { indicators }: ApiParts): void {
  addRoute(server, {
    ...common,
    path: '/indicators',
    id: 'listIndicators',
    summary: {
      vi: 'Số liệu chỉ tiêu theo bộ, ngày và cơ quan',
      en: 'Figures of the indicators by set, day and agency; by indicator, agency and scope.',
    },
    takes: { query: listQuery },
    answer: pageOf(indicatorResult).extend({
      setId: z.string(),
      day: z.iso.date().describe('Day of the figures'),
      at: z.iso.datetime().describe('Instant of the figures'),
    }),
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN', 'INDEX_SET_UNKNOWN', 'INDICATOR_UNKNOWN'],
    revalidates: true,
    tagWithout: ['at'],
    cost: 'heavy',
    examples: [
      { name: 'whole-register', query: { scope: 'register' } },
      { name: 'one-agency', query: { agency: 'H47.12', indicator: 'antivirus' } },
      { name: 'past-day', query: { set: 'ict-index-2017', at: '2026-02-28', scope: 'register' } },
      { name: 'no-such-indicator', query: { indicator: 'moon' }, status: 404 },
    ],
    handler: async ({ query, request }) => {
      const agencyCode = query.agency === undefined ? undefined : await agencyInScope(request, query.agency);
      const { results, indexSet, day, atMs } = await indicators.results({
        setId: query.set,
        day: query.at,
        indicatorId: query.indicator,
        agencyCode,
        ...(query.scope === undefined ? {} : { scopes: [query.scope] }),
      });
      const page = pageFromList(ofScope(request, results), query, resultKey);
      return { ...page, items: page.items.map(shownResult), setId: indexSet.id, day, at: new Date(atMs).toISOString() };
    },
  });
}

function addUnits(server: FastifyInstance, { indicators }: ApiParts): void {
  addRoute(server, {
    ...common,
    path: '/indicators/:id/units',
    id: 'listIndicatorUnits',
    summary: {
      vi: 'Danh sách máy, cơ quan và số khai báo đứng sau một số liệu',
      en: 'What stands behind a figure: machines, agencies and declared numbers, by standing and agency.',
    },
    takes: { params, query: unitQuery },
    answer: pageOf(indicatorUnit).extend({
      a: z.number(),
      b: z.number(),
      unknownCount: z.int(),
    }),
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN', 'INDEX_SET_UNKNOWN', 'INDICATOR_UNKNOWN'],
    cost: 'heavy',
    examples: [
      { name: 'whole-register', params: { id: 'antivirus' } },
      { name: 'unknown-of-an-agency', params: { id: 'antivirus' }, query: { agency: 'H47.12', standing: 'unknown' } },
      { name: 'no-such-indicator', params: { id: 'moon' }, status: 404 },
    ],
    handler: async ({ params: { id }, query, request }) => {
      const agencyCode = query.agency === undefined ? undefined : await agencyInScope(request, query.agency);
      const scope = query.scope ?? (agencyCode === undefined ? 'register' : 'agency');
      requireWhole(request, scope, agencyCode);
      const lists = await indicators.units({
        setId: query.set,
        day: query.at,
        indicatorId: id,
        scope,
        ...(agencyCode === undefined ? {} : { agencyCode }),
        ...(query.level === undefined ? {} : { level: query.level }),
      });
      const units = shownUnits(lists).filter(({ standing }) => (query.standing ?? standing) === standing);
      return { ...pageFromList(units, query, unitKey), ...lists.figure };
    },
  });
}

function resultKey({ indicatorId, agencyCode, scope, level }: IndicatorResult) {
  return [indicatorId, agencyCode, RESULT_SCOPES.indexOf(scope), level] as const;
}

/** Figures of the whole are for those who may see the whole; an agency sees its own and those below it. */
function ofScope(request: FastifyRequest, results: readonly IndicatorResult[]): readonly IndicatorResult[] {
  const { codes, covers } = scopedAgencies(request);
  return codes === undefined ? results : results.filter(({ agencyCode }) => agencyCode !== '' && covers(agencyCode));
}

/** @throws {TramdoError} ACCESS_FORBIDDEN when somebody with a scope asks for the units of everybody */
function requireWhole(request: FastifyRequest, scope: ResultScope, agencyCode: string | undefined): void {
  if (scope === 'agency' || scope === 'subtree') {
    if (agencyCode !== undefined) return;
    throw new TramdoError('REQUEST_INVALID', `Cannot list the units as "agency" is missing: scope "${scope}" needs it`);
  }
  if (scopedAgencies(request).codes === undefined) return;
  throw new TramdoError('ACCESS_FORBIDDEN', `Cannot list the units of scope "${scope}": name an agency of your own`);
}
