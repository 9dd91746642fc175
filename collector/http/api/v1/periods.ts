import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LANGUAGES } from '../../../catalogues/language.ts';
import { ROLES } from '../../../people/principal.ts';
import { MEDIA_TYPES, PERIOD_FORMATS, PERIOD_TABLES, type PeriodFile } from '../../../periods/print-period.ts';
import { MAX_NOTE_LENGTH } from '../../../periods/seal-record.ts';
import { principalOf } from '../../route-access.ts';
import { addDownload, addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { PAGE_QUERY, pageFromRows, pageOf, readCursor } from './paging.ts';
import { draftAnswer, sealAnswer, shownDraft, shownSeal } from './period-answers.ts';

const period = z.string().max(10).describe('`2026-07`, `2026-Q3` or `2026`');
const set = z.string().max(64).optional().describe('Index set; the one in force when absent');
const params = z.strictObject({ period });
const note = z.string().trim().min(1).max(MAX_NOTE_LENGTH);

/** Query fields of a period as a file. */
export const FILE_QUERY = {
  format: z.enum(PERIOD_FORMATS).describe('Kind of file'),
  table: z.enum(PERIOD_TABLES).default('figures').describe('Which list, for CSV'),
  lang: z.enum(LANGUAGES).default('vi').describe('Language of headings and names'),
};

/** Media types of a period as a file. */
export const FILE_TYPES = Object.values(MEDIA_TYPES).map((type) => type.split(';')[0] ?? type);

const order = z.strictObject({
  set,
  note: note.optional(),
  contentHash: z.string().max(64).optional().describe('Of the draft that was reviewed: nothing else is sealed'),
  correctsSeq: z.int().positive().optional().describe('The newest seal of the same period and set, to correct it'),
  reason: note.optional().describe('Why it is corrected'),
});

const common = { tag: 'periods', access: { kind: 'people', roles: ROLES } } as const;

/** `/api/v1/periods`: what would be sealed, and sealing it. */
export async function periodRoutes(server: FastifyInstance, parts: Pick<ApiParts, 'periods'>): Promise<void> {
  addList(server, parts);
  addDraft(server, parts);
  addSeal(server, parts);
}

function addList(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  addRoute(server, {
    ...common,
    method: 'GET',
    path: '/periods',
    id: 'listPeriods',
    summary: { vi: 'Các kỳ đã chốt, mới nhất trước', en: 'The sealed periods, newest first.' },
    takes: { query: z.strictObject({ ...PAGE_QUERY, period: period.optional(), set }) },
    answer: pageOf(sealAnswer),
    problems: [],
    revalidates: true,
    examples: [{ name: 'all' }, { name: 'one-month', query: { period: '2026-02' } }],
    handler: async ({ query }) => {
      const [beforeSeq] = readCursor(query) ?? [];
      const seals = await periods.list({
        limit: query.limit + 1,
        ...(query.period === undefined ? {} : { periodId: query.period }),
        ...(query.set === undefined ? {} : { setId: query.set }),
        ...(typeof beforeSeq === 'number' ? { beforeSeq } : {}),
      });
      return pageFromRows(seals.map(shownSeal), query, ({ seq }) => [seq]);
    },
  });
}

function addDraft(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  const draftTakes = { ...common, method: 'GET', cost: 'heavy' } as const;
  const problems = ['PERIOD_INVALID', 'PERIOD_NOT_ENDED', 'INDEX_SET_UNKNOWN', 'AGENCY_UNKNOWN'] as const;
  addRoute(server, {
    ...draftTakes,
    path: '/periods/:period/draft',
    id: 'getPeriodDraft',
    summary: { vi: 'Số liệu của kỳ như sẽ được chốt', en: 'The figures of a period as they would be sealed now.' },
    takes: { params, query: z.strictObject({ set }) },
    answer: draftAnswer,
    problems,
    examples: [
      { name: 'month', params: { period: '2026-01' } },
      { name: 'running-quarter', params: { period: '2026-Q1' } },
      { name: 'no-period', params: { period: '2026-13' }, status: 400 },
      { name: 'not-begun', params: { period: '2026-Q4' }, status: 409 },
    ],
    handler: async ({ params: { period: periodId }, query, request }) =>
      shownDraft(await periods.draft(principalOf(request), askedOf(periodId, query.set))),
  });
  addDownload(server, {
    ...draftTakes,
    path: '/periods/:period/draft/file',
    id: 'downloadPeriodDraft',
    summary: { vi: 'Tải bản nháp của kỳ', en: 'The draft of a period as a file.' },
    takes: { params, query: z.strictObject({ ...FILE_QUERY, set }) },
    gives: FILE_TYPES,
    problems,
    examples: [{ name: 'csv', params: { period: '2026-01' }, query: { format: 'csv' } }],
    handler: async ({ params: { period: periodId }, query, request }) => {
      const draft = await periods.draft(principalOf(request), askedOf(periodId, query.set));
      return downloadOf(await periods.print(draft, { ...query, language: query.lang }));
    },
  });
}

function addSeal(server: FastifyInstance, { periods }: Pick<ApiParts, 'periods'>): void {
  addRoute(server, {
    method: 'POST',
    path: '/periods/:period/seals',
    id: 'sealPeriod',
    tag: 'periods',
    summary: {
      vi: 'Chốt một kỳ đã kết thúc, hoặc đính chính bằng một bản chốt mới',
      en: 'Seals a period that is over, or corrects a seal by a new one.',
    },
    access: { kind: 'people', roles: ['admin', 'operator'] },
    takes: { params, body: order },
    status: 201,
    answer: sealAnswer,
    problems: [
      'PERIOD_INVALID',
      'PERIOD_NOT_ENDED',
      'PERIOD_SEALED',
      'PERIOD_CHANGED',
      'SEAL_UNKNOWN',
      'INDEX_SET_UNKNOWN',
    ],
    cost: 'heavy',
    examples: [
      { name: 'month', params: { period: '2026-01' }, body: { note: 'Báo cáo tháng 1' } },
      {
        name: 'correction',
        params: { period: '2026-02' },
        body: { correctsSeq: 1, reason: 'Bổ sung số máy tính của 2 xã' },
      },
      { name: 'sealed-already', params: { period: '2026-02' }, body: {}, status: 409 },
    ],
    handler: async ({ params: { period: periodId }, body, request }) => {
      const { set: setId, note: noteText, contentHash, correctsSeq, reason } = body;
      return shownSeal(
        await periods.seal(principalOf(request), {
          ...askedOf(periodId, setId),
          ...(noteText === undefined ? {} : { note: noteText }),
          ...(contentHash === undefined ? {} : { contentHash }),
          ...(correctsSeq === undefined ? {} : { correctsSeq }),
          ...(reason === undefined ? {} : { reason }),
        }),
      );
    },
  });
}

/** A file as the answer of a download; a CSV of any length goes out piece by piece. */
export function downloadOf({ fileName, mediaType, pieces }: PeriodFile) {
  return { fileName, mediaType, content: Readable.from(pieces, { objectMode: false }) };
}

function askedOf(periodId: string, setId: string | undefined) {
  return { periodId, ...(setId === undefined ? {} : { setId }) };
}
