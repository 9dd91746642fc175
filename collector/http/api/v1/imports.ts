import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { LANGUAGES } from '../../../catalogues/language.ts';
import { PRINCIPAL_KINDS } from '../../../people/principal.ts';
import { describeProblem } from '../../../register/import/describe-result.ts';
import { MAX_FILE_BYTES } from '../../../register/import/import-limits.ts';
import type { ImportProblem } from '../../../register/import/import-problem.ts';
import type { ImportResult } from '../../../register/import/import-result.ts';
import { IMPORT_TABLES } from '../../../register/import/table-shape.ts';
import { csvTemplate, TEMPLATE_FORMATS, TEMPLATE_TABLES, xlsxTemplate } from '../../../register/import/template.ts';
import { type ImportRecord, importCounts } from '../../../register/import-record.ts';
import { principalOf } from '../../route-access.ts';
import { addDownload, addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { EXAMPLE_IDS } from './example-ids.ts';
import { PAGE_QUERY, pageFromRows, pageOf, readCursor } from './paging.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The content decides what a file is; the media type only says that it is one. */
const MEDIA_TYPES = ['text/csv', XLSX, 'application/octet-stream'];

const keepers = { kind: 'people', roles: ['admin', 'operator'] } as const;

const localText = z.object({ vi: z.string(), en: z.string() });

const problem = z.object({
  line: z.int().nonnegative().describe('Line of the file, from 1; 0 for the file as a whole'),
  columnLetter: z.string().optional().describe('Column as Excel shows it'),
  column: z.string().optional().describe('Heading as the file has it'),
  value: z.string().optional().describe('What the cell says, cut to 80 characters'),
  code: z.string().describe('What is wrong, for programs'),
  text: localText.describe('What is wrong and what to do'),
});

const result = z.object({
  fileName: z.string(),
  sha256: z.string().describe('Of the file, hexadecimal'),
  isDryRun: z.boolean(),
  importId: z.string().optional().describe('Absent for a dry run, and when nothing changed'),
  tables: z
    .array(
      importCounts.extend({
        sheet: z.string().optional().describe('Name of the sheet; absent for CSV'),
        problems: z.array(problem).describe('What stops the import, at most 200'),
        problemCount: z.int().nonnegative(),
        warnings: z.array(problem).describe('What is odd but stops nothing, at most 200'),
        warningCount: z.int().nonnegative(),
      }),
    )
    .describe('In the order in which they are applied'),
  problems: z.array(problem).describe('What is wrong with the file as a whole'),
  problemCount: z.int().nonnegative().describe('All problems together; nothing is written unless it is 0'),
});

const record = z.object({
  id: z.string().describe('UUIDv7'),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(PRINCIPAL_KINDS), id: z.string(), name: z.string() }),
  fileName: z.string(),
  sha256: z.string().describe('Of the file, hexadecimal'),
  tables: z.array(importCounts),
  undoneAt: z.iso.datetime().optional().describe('Absent while the import holds'),
  undoneBy: z.string().optional(),
});

const importQuery = z.strictObject({
  dryRun: z.stringbool().default(false).describe('Say what would happen and write nothing'),
  table: z.enum(IMPORT_TABLES).optional().describe('The only table to read; found out by headings when absent'),
  asOf: z.iso.date().optional().describe('Day that rows hold for unless they say another; today when absent'),
  source: z.string().trim().min(1).max(500).optional().describe('Document; the name of the file when absent'),
  fileName: z.string().trim().min(1).max(200).default('import').describe('Name of the file, for people'),
});

const params = z.strictObject({ id: z.uuid().describe('Id of the import') });

const IMPORT_EXAMPLES = [
  {
    name: 'dry-run',
    query: { dryRun: true, fileName: 'co-quan.csv' },
    headers: { 'content-type': 'text/csv' },
    body: 'Mã định danh;Tên cơ quan;Cấp;Mã cơ quan cấp trên\nH47.152;Xã Mẫu 002;xã;H47\n',
  },
  {
    name: 'problems',
    query: { fileName: 'so-lieu.csv' },
    headers: { 'content-type': 'text/csv' },
    body: 'Mã định danh;Số CBCCVC\nH47.12;1,234\n',
    status: 422,
  },
];

type Parts = Pick<ApiParts, 'imports'>;

/** Files loaded into the register: `/api/v1/imports`. */
export async function importRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  server.addContentTypeParser(MEDIA_TYPES, { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
  addImports(server, parts);
  readImports(server, parts);
  undoImports(server, parts);
  addTemplates(server);
}

function addImports(server: FastifyInstance, { imports }: Parts): void {
  addRoute(server, {
    method: 'POST',
    path: '/imports',
    id: 'importFile',
    tag: 'imports',
    summary: {
      vi: 'Nạp tệp CSV hoặc XLSX vào danh mục, toàn bộ hoặc không gì cả; dryRun=true để chạy thử',
      en: 'Loads a CSV or XLSX file into the register, whole or not at all; dryRun=true says what would happen.',
    },
    access: { kind: 'people', roles: ['admin', 'operator', 'agency'] },
    takes: {
      query: importQuery,
      body: z.instanceof(Buffer).meta({ format: 'binary', description: 'The file itself' }),
    },
    mediaTypes: MEDIA_TYPES,
    maxBodyBytes: MAX_FILE_BYTES,
    cost: 'heavy',
    answer: result,
    problems: ['BODY_TOO_LARGE', 'IMPORT_INTERRUPTED', 'IMPORT_REFUSED', 'MEDIA_TYPE_UNSUPPORTED'],
    examples: IMPORT_EXAMPLES,
    handler: async ({ query: { dryRun, fileName, table, asOf, source }, body, request }) => {
      const file = {
        name: fileName,
        bytes: body,
        ...(table === undefined ? {} : { table }),
        ...(asOf === undefined ? {} : { asOf }),
        ...(source === undefined ? {} : { source }),
      };
      const actor = principalOf(request);
      if (dryRun) return answerOf(await imports.check(actor, file));
      const applied = await imports.apply(actor, file);
      if (applied.problemCount === 0) return answerOf(applied);
      throw new TramdoError('IMPORT_REFUSED', describeRefusal(applied));
    },
  });
}

function readImports(server: FastifyInstance, { imports }: Parts): void {
  addRoute(server, {
    method: 'GET',
    path: '/imports',
    id: 'listImports',
    tag: 'imports',
    summary: { vi: 'Các lần nạp, mới nhất trước', en: 'Imports, newest first.' },
    access: keepers,
    takes: { query: z.strictObject(PAGE_QUERY) },
    answer: pageOf(record),
    problems: [],
    examples: [{ name: 'newest', query: { limit: 10 } }],
    handler: async ({ query }) => {
      const [beforeId] = readCursor(query) ?? [];
      const records = await imports.list({
        limit: query.limit + 1,
        ...(typeof beforeId === 'string' ? { beforeId } : {}),
      });
      return pageFromRows(records.map(recordAnswerOf), query, ({ id }) => [id]);
    },
  });
  addRoute(server, {
    method: 'GET',
    path: '/imports/:id',
    id: 'getImport',
    tag: 'imports',
    summary: { vi: 'Một lần nạp', en: 'One import.' },
    access: keepers,
    takes: { params },
    answer: record,
    problems: ['IMPORT_UNKNOWN'],
    examples: [{ name: 'one', params: { id: EXAMPLE_IDS.import } }],
    handler: async ({ params: { id } }) => recordAnswerOf(await imports.find(id)),
  });
}

function undoImports(server: FastifyInstance, { imports }: Parts): void {
  addRoute(server, {
    method: 'POST',
    path: '/imports/:id/undo',
    id: 'undoImport',
    tag: 'imports',
    summary: { vi: 'Hoàn tác một lần nạp', en: 'Makes the register what it was before an import.' },
    access: keepers,
    takes: { params },
    answer: record,
    cost: 'heavy',
    problems: ['IMPORT_CHANGED_SINCE', 'IMPORT_UNKNOWN'],
    examples: [{ name: 'one', params: { id: EXAMPLE_IDS.import } }],
    handler: async ({ params: { id }, request }) => recordAnswerOf(await imports.undo(principalOf(request), id)),
  });
}

function addTemplates(server: FastifyInstance): void {
  addDownload(server, {
    method: 'GET',
    path: '/imports/template',
    id: 'getImportTemplate',
    tag: 'imports',
    summary: { vi: 'Tệp mẫu để điền', en: 'An empty table to fill in, with what to write in each column.' },
    access: { kind: 'people', roles: ['admin', 'operator', 'agency', 'viewer'] },
    takes: {
      query: z.strictObject({
        format: z.enum(TEMPLATE_FORMATS).default('xlsx').describe('CSV holds one table, XLSX a sheet for each'),
        table: z.enum(IMPORT_TABLES).optional().describe('Every table when absent, for CSV the agencies'),
        lang: z.enum(LANGUAGES).default('vi').describe('Language of headings and remarks'),
      }),
    },
    gives: ['text/csv', XLSX],
    problems: [],
    examples: [
      { name: 'workbook', query: { format: 'xlsx' } },
      { name: 'machines', query: { format: 'csv', table: 'machines', lang: 'en' } },
    ],
    handler: async ({ query: { format, table, lang } }) => {
      const fileName = `tramdo-${table ?? 'register'}.${format}`;
      if (format === 'csv') return { fileName, mediaType: 'text/csv', content: csvTemplate(table ?? 'agencies', lang) };
      const content = await xlsxTemplate(table === undefined ? TEMPLATE_TABLES : [table], lang);
      return { fileName, mediaType: XLSX, content };
    },
  });
}

/** Problems that the message of a refusal names. */
const NAMED_COUNT = 3;

function describeRefusal({ fileName, problems, tables, problemCount }: ImportResult): string {
  const named = [...problems, ...tables.flatMap((table) => table.problems)]
    .slice(0, NAMED_COUNT)
    .map((one) => describeProblem(one, 'en'));
  return `Cannot import "${fileName}" as it has ${problemCount} problems; nothing was written: ${named.join('; ')}`;
}

function answerOf({ tables, problems, ...rest }: ImportResult): z.input<typeof result> {
  return {
    ...rest,
    problems: problems.map(problemAnswerOf),
    tables: tables.map((table) => ({
      ...table,
      problems: table.problems.map(problemAnswerOf),
      warnings: table.warnings.map(problemAnswerOf),
    })),
  };
}

function problemAnswerOf({ text, ...rest }: ImportProblem) {
  return { ...rest, text: { ...text } };
}

function recordAnswerOf({ atMs, actor, tables, undoneAtMs, ...rest }: ImportRecord): z.input<typeof record> {
  return {
    ...rest,
    at: new Date(atMs).toISOString(),
    actor: { ...actor },
    tables: [...tables],
    ...(undoneAtMs === undefined ? {} : { undoneAt: new Date(undoneAtMs).toISOString() }),
  };
}
