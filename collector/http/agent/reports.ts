import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { ERROR_CATALOGUE, TramdoError } from '#shared/errors.ts';
import { WAITED_HEADER } from '#shared/protocol.ts';
import type { ReportIntake } from '../../ingest/accept-report.ts';
import { decodeBody } from '../../ingest/decode-body.ts';
import { waitedMsOf } from '../../ingest/departure.ts';
import type { ReportCounts } from '../../ingest/report-counts.ts';
import { RetryLater } from '../../ingest/retry-later.ts';
import type { IngestHistogram } from '../../metrics/ingest-histogram.ts';
import { REPORT_RESULTS, type ReportResult } from '../../metrics/report-results.ts';
import { signatureOf } from '../agent-auth.ts';
import { namedError } from '../error-reply.ts';
import { REPORT_LIMIT } from '../rate-limits.ts';

/** Largest body on the wire, in bytes: a full report is below 15 KB when compressed. */
const MAX_WIRE_BYTES = 262_144;

/** Delay of the event loop above which reports are put off, in milliseconds. */
const MAX_LOOP_DELAY_MS = 2_000;

/** What the route needs. */
export interface ReportRouteParts {
  readonly intake: ReportIntake;
  /** Counts every refusal; the intake counts what it takes. */
  readonly counts: ReportCounts;
  readonly histogram: IngestHistogram;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** A clock that never jumps, milliseconds since some start. */
  readonly monotonicMs: () => number;
}

/** `POST /agent/v1/reports`: a signed report; answered when it is durable. */
export async function reportRoutes(server: FastifyInstance, parts: ReportRouteParts): Promise<void> {
  const { intake, counts, histogram, nowMs, monotonicMs } = parts;
  await server.register(underPressure, {
    maxEventLoopDelay: MAX_LOOP_DELAY_MS,
    pressureHandler: () => {
      throw new RetryLater('COLLECTOR_BUSY', 'Cannot take the report now as the collector is behind', 30);
    },
  });
  server.addHook('onError', async (_request, _reply, error) => counts.add(resultOf(error)));
  // The signature is over the bytes, so they are kept as they came.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.route({
    method: 'POST',
    url: '/agent/v1/reports',
    bodyLimit: MAX_WIRE_BYTES,
    // Headers for browsers would cost an agent's answer more bytes than the answer itself.
    helmet: false,
    config: { access: { kind: 'agent' }, rateLimit: REPORT_LIMIT },
    handler: async (request, reply) => {
      const arrivedAtMs = nowMs();
      const startedMs = monotonicMs();
      const { body } = request;
      if (!Buffer.isBuffer(body)) throw new TramdoError('REPORT_INVALID', 'Cannot accept the report as it has no body');
      const signature = signatureOf(request.headers);
      const decoded = await decodeBody(body, request.headers['content-encoding']);
      const waitedMs = waitedMsOf(request.headers[WAITED_HEADER]);
      const answer = await intake.accept({ body: decoded, signature, arrivedAtMs, waitedMs });
      histogram.observe((monotonicMs() - startedMs) / 1_000);
      return reply.send(answer);
    },
  });
}

/** A refusal under the code that metrics know; what is wrong with a request is wrong with the report it brings. */
function resultOf(error: Error): ReportResult {
  const { code } = namedError(error);
  const known = REPORT_RESULTS.find((result) => result === code);
  return known ?? (ERROR_CATALOGUE[code].status < 500 ? 'REPORT_INVALID' : 'INTERNAL');
}
