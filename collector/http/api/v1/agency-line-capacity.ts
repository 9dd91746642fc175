import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dayNumber, isoDateOf } from '../../../catalogues/viet-nam-time.ts';
import { MEASURED_DAYS, type MeasuredLine, measuredLines } from '../../../networks/measured-lines.ts';
import { ROLES } from '../../../people/principal.ts';
import { LINE_KINDS } from '../../../register/declared-item.ts';
import { addRoute } from './add-route.ts';
import { agencyInScope, agencyParams } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';

const lines = z.object({
  agencyCode: z.string(),
  declared: z
    .array(
      z.object({
        itemId: z.string(),
        lineKind: z.enum(LINE_KINDS),
        bitsPerSecond: z.number().describe('Declared capacity'),
        provider: z.string().optional(),
        asOf: z.iso.date(),
        source: z.string(),
      }),
    )
    .describe('What the register says today; indicators count this and nothing else'),
  measured: z
    .array(
      z.object({
        network: z.string().describe('Id of the network'),
        medianBitsPerSecond: z.number().describe(`Median of the samples of the last ${MEASURED_DAYS} days`),
        samples: z
          .array(
            z.object({
              day: z.iso.date(),
              at: z.iso.datetime(),
              machineId: z.string(),
              bitsPerSecond: z.number(),
              bytes: z.int().describe('Bytes that came while the clock ran'),
              durationMs: z.number().describe('From the first to the last piece of the download'),
            }),
          )
          .describe('Newest first, at most one a day'),
      }),
    )
    .describe('What machines of the agency measured at night; empty unless `lineSamples` is set'),
});

/** `GET /api/v1/agencies/:code/lines`: declared and measured capacity side by side. */
export async function agencyLineRoutes(
  server: FastifyInstance,
  { register, store, nowMs }: Pick<ApiParts, 'register' | 'store' | 'nowMs'>,
): Promise<void> {
  addRoute(server, {
    method: 'GET',
    path: '/agencies/:code/lines',
    id: 'getAgencyLines',
    tag: 'networks',
    summary: {
      vi: 'Đường truyền của một cơ quan: dung lượng khai báo, và dung lượng đo được ban đêm nếu có đo',
      en: 'Lines of an agency: declared capacity, and what was measured at night where it is measured.',
    },
    access: { kind: 'people', roles: ROLES },
    takes: { params: agencyParams },
    answer: lines,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    revalidates: true,
    examples: [
      { name: 'department', params: { code: 'H47.12' } },
      { name: 'nobody', params: { code: 'H47.99' }, status: 404 },
    ],
    handler: async ({ params, request }) => {
      const code = await agencyInScope(request, params.code);
      const { items } = await register.record(code);
      const samples = await store.lineSamples.since(dayNumber(nowMs()) - MEASURED_DAYS, code);
      return {
        agencyCode: code,
        declared: items.flatMap((item) =>
          item.kind === 'line' ? [{ ...item, bitsPerSecond: item.capacityKbps * 1_000 }] : [],
        ),
        measured: measuredLines(samples).map(measuredAnswerOf),
      };
    },
  });
}

function measuredAnswerOf({ network, medianBitsPerSecond, samples }: MeasuredLine) {
  return {
    network,
    medianBitsPerSecond,
    samples: samples.map(({ atMs, machineId, bitsPerSecond, bytes, durationMs }) => ({
      day: isoDateOf(atMs),
      at: new Date(atMs).toISOString(),
      ...{ machineId, bitsPerSecond, bytes, durationMs },
    })),
  };
}
