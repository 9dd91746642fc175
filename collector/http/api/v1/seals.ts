import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { RESULT_SCOPES } from '../../../indicators/indicator-result.ts';
import { ROLES } from '../../../people/principal.ts';
import type { SealDocument } from '../../../periods/seal-document.ts';
import { sha256Of } from '../../../periods/seal-record.ts';
import { principalOf } from '../../route-access.ts';
import { addDownload, addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { entityTag, isUnchanged } from './etag.ts';
import { indicatorResult, resultScope, shownResult } from './indicator-answers.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';
import { liveAnswer, sealedAnswer, shownLive, shownSealed, verificationAnswer } from './period-answers.ts';
import { downloadOf, FILE_QUERY, FILE_TYPES } from './periods.ts';

const params = z.strictObject({
  seq: z.coerce.number().int().positive().max(1_000_000).describe('Number of the seal'),
});

const figureQuery = z.strictObject({
  ...PAGE_QUERY,
  indicator: z.string().max(64).optional().describe('Only this indicator'),
  agency: z.string().max(64).optional().describe('Only of this agency, alone and with what is below it'),
  scope: resultScope.optional(),
});

const common = { method: 'GET', tag: 'periods', cost: 'heavy', access: { kind: 'people', roles: ROLES } } as const;
const auditing = { ...common, access: { kind: 'people', roles: ['admin', 'operator', 'viewer'] } } as const;
const problems = ['SEAL_UNKNOWN', 'SEAL_BROKEN'] as const;
const unknown = { name: 'no-such-seal', params: { seq: '99' }, status: 404 } as const;

/** `/api/v1/seals`: sealed periods with their figures, as files, and whether they still hold. */
export async function sealRoutes(server: FastifyInstance, parts: Pick<ApiParts, 'periods'>): Promise<void> {
  addOne(server, parts);
  addFigures(server, parts);
  addFile(server, parts);
  addComparison(server, parts);
  addVerification(server, parts);
}

function addOne(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  addRoute(server, {
    ...common,
    path: '/seals/:seq',
    id: 'getSeal',
    summary: { vi: 'Một kỳ đã chốt', en: 'A sealed period with its totals.' },
    takes: { params },
    answer: sealedAnswer,
    problems,
    revalidates: true,
    examples: [{ name: 'first', params: { seq: '1' } }, unknown],
    handler: async ({ params: { seq }, request }) => {
      const { seal, document, partOf } = await periods.read(principalOf(request), seq);
      return shownSealed(seal, document, partOf);
    },
  });
}

function addFigures(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  addRoute(server, {
    ...common,
    path: '/seals/:seq/figures',
    id: 'listSealedFigures',
    summary: {
      vi: 'Số liệu của một kỳ đã chốt',
      en: 'The figures of a sealed period, by indicator, agency and scope.',
    },
    takes: { params, query: figureQuery },
    answer: pageOf(indicatorResult),
    problems: [...problems, 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [
      { name: 'all', params: { seq: '1' }, query: { limit: 5 } },
      { name: 'one-agency', params: { seq: '1' }, query: { agency: 'H47.12', scope: 'agency' } },
      unknown,
    ],
    handler: async ({ params: { seq }, query, request }) => {
      const { document } = await periods.read(principalOf(request), seq);
      if (query.agency !== undefined) await requireAgency(request, document, query.agency);
      const results = document.results.filter(
        ({ indicatorId, agencyCode, scope }) =>
          (query.indicator === undefined || indicatorId === query.indicator) &&
          (query.agency === undefined || agencyCode === query.agency) &&
          (query.scope === undefined || scope === query.scope),
      );
      const page = pageFromList(results, query, ({ indicatorId, agencyCode, scope, level }) => [
        indicatorId,
        agencyCode,
        RESULT_SCOPES.indexOf(scope),
        level,
      ]);
      return { ...page, items: page.items.map(shownResult) };
    },
  });
}

function addFile(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  addDownload(server, {
    ...common,
    path: '/seals/:seq/file',
    id: 'downloadSeal',
    summary: {
      vi: 'Tải một kỳ đã chốt; JSON là đúng từng byte đã chốt',
      en: 'A sealed period as a file; the JSON of the whole is what was sealed, byte by byte.',
    },
    takes: { params, query: z.strictObject(FILE_QUERY) },
    gives: FILE_TYPES,
    problems,
    examples: [
      { name: 'json', params: { seq: '1' }, query: { format: 'json' } },
      { name: 'units-as-csv', params: { seq: '1' }, query: { format: 'csv', table: 'units', lang: 'en' } },
      { name: 'excel', params: { seq: '1' }, query: { format: 'xlsx' } },
      { ...unknown, query: { format: 'csv' } },
    ],
    handler: async ({ params: { seq }, query, request, reply }) => {
      const sealed = await periods.read(principalOf(request), seq);
      const { seal, partOf } = sealed;
      const version = sha256Of([seal.hash, query.format, query.table, query.lang, partOf ?? ''].join(' '));
      if (isUnchanged(request, reply, entityTag(version))) return undefined;
      return downloadOf(await periods.print(sealed, { ...query, language: query.lang }));
    },
  });
}

function addComparison(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  addRoute(server, {
    ...auditing,
    path: '/seals/:seq/comparison',
    id: 'compareSeal',
    summary: {
      vi: 'Tính lại kỳ đã chốt từ dữ liệu đang lưu và nêu khác biệt',
      en: 'Computes a sealed period anew from what is stored today and names what differs.',
    },
    takes: { params },
    answer: liveAnswer,
    problems: [...problems, 'INDEX_SET_UNKNOWN'],
    examples: [{ name: 'first', params: { seq: '1' } }, unknown],
    handler: async ({ params: { seq }, request }) => shownLive(await periods.compare(principalOf(request), seq)),
  });
}

function addVerification(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  addRoute(server, {
    ...auditing,
    path: '/seals/verification',
    id: 'verifySeals',
    summary: {
      vi: 'Kiểm tra chuỗi bản chốt, mã băm và từng số liệu',
      en: 'Recomputes the chain of seals, every hash and every figure.',
    },
    takes: {},
    answer: verificationAnswer,
    problems: [],
    examples: [{ name: 'all' }],
    handler: async ({ request }) => {
      const { seals, newestHash } = await periods.verify(principalOf(request));
      return {
        isWhole: seals.every(({ problem }) => problem === undefined),
        ...(newestHash === undefined ? {} : { newestHash }),
        seals: [...seals],
      };
    },
  });
}

/**
 * An agency that the document does not have, or the part of it that somebody may see, is as if it did not exist.
 *
 * @throws {TramdoError} AGENCY_UNKNOWN
 */
async function requireAgency(request: FastifyRequest, { facts, day }: SealDocument, code: string): Promise<void> {
  if (facts.register.agencies.some((agency) => agency.code === code)) return;
  if (principalOf(request).agencyCode !== undefined) await request.noteRefusal?.(code, code);
  throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}" in the register of ${day}`);
}
