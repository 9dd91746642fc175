import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CARRIED_LIMITS } from '#shared/carried-file.ts';
import { type CarriedResult, countResults } from '../../../ingest/carried-file-desk.ts';
import { NOT_FOR_SECRETS } from '../../../ingest/not-for-secrets.ts';
import { principalOf, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';

const MEDIA_TYPES = ['application/gzip', 'application/octet-stream'];

const count = z.int().nonnegative();

const taken = z.object({
  kind: z.enum(['join-request', 'reports']).describe('What the file was'),
  machineId: z.string(),
  agencyCode: z.string(),
  collectorKey: z
    .string()
    .optional()
    .describe('Key of the collector as people compare it, for a join string without a pin; only for join-request'),
  counts: z
    .object({
      accepted: count,
      duplicate: count.describe('Taken before'),
      refused: count,
      postponed: count.describe('Not tried, as an earlier one was not taken; the next file brings them again'),
    })
    .optional()
    .describe('Only for reports'),
  reports: z
    .array(
      z.object({
        seq: z.int().positive(),
        result: z.enum(['accepted', 'duplicate', 'refused', 'postponed']),
        code: z.string().optional().describe('Code of the catalogue shared/ERRORS.md; only for a refused one'),
        why: z.string().optional().describe('Only for a refused one'),
      }),
    )
    .optional()
    .describe('By number; only for reports'),
  answer: z
    .looseObject({ format: z.string(), kind: z.string() })
    .describe('What must be carried back to the machine: write it into a file as it is'),
  notice: z.object({ vi: z.string(), en: z.string() }).describe('For whom this way is not'),
});

const NONSENSE = {
  name: 'nonsense',
  headers: { 'content-type': 'application/octet-stream' },
  body: 'not a file of tramdo',
  status: 400,
} as const;

/** `POST /api/v1/report-files`: files of machines whose data is carried by hand. */
export async function reportFileRoutes(
  server: FastifyInstance,
  { carriedFiles }: Pick<ApiParts, 'carriedFiles'>,
): Promise<void> {
  server.addContentTypeParser(MEDIA_TYPES, { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
  addRoute(server, {
    method: 'POST',
    path: '/report-files',
    id: 'takeReportFile',
    tag: 'machines',
    summary: {
      vi: `Nhận tệp báo cáo hoặc tệp xin tham gia của máy không có đường truyền, trả lại tệp trả lời. ${NOT_FOR_SECRETS.vi}`,
      en: `Takes the reports, or the request to join, of a machine without a line, and gives the answer to carry back. ${NOT_FOR_SECRETS.en}`,
    },
    access: { kind: 'people', roles: ['admin', 'operator', 'agency'] },
    takes: {
      body: z.instanceof(Buffer).meta({ format: 'binary', description: 'The file as the agent wrote it' }),
    },
    mediaTypes: MEDIA_TYPES,
    maxBodyBytes: CARRIED_LIMITS.fileBytes,
    cost: 'heavy',
    answer: taken,
    problems: ['BODY_TOO_LARGE', 'CARRIED_FILE_INVALID', 'MACHINE_NOT_FOUND', 'MEDIA_TYPE_UNSUPPORTED'],
    examples: [NONSENSE],
    handler: async ({ body, request }) => {
      const { noteRefusal } = request;
      const bringer = {
        principal: principalOf(request),
        scope: scopedAgencies(request),
        ...(noteRefusal === undefined ? {} : { noteRefusal }),
      };
      return answerOf(await carriedFiles.take(bringer, body));
    },
  });
}

function answerOf(result: CarriedResult): z.input<typeof taken> {
  const { kind, machineId, agencyCode, answer } = result;
  const common = { kind, machineId, agencyCode, answer: { ...answer }, notice: { ...NOT_FOR_SECRETS } };
  if (result.kind === 'join-request') return { ...common, collectorKey: result.collectorKey };
  return {
    ...common,
    counts: { ...countResults(result.outcomes) },
    reports: result.outcomes.map((one) => ({ ...one })),
  };
}
