import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type EnrolmentAnswer, type EnrolmentRequest, enrolmentAnswer, enrolmentRequest } from '#shared/enrolment.ts';
import { ENROLMENT_LIMIT } from '../rate-limits.ts';

const MAX_BODY_BYTES = 16_384;

/** What the route needs. */
export interface EnrolmentRouteParts {
  readonly enrol: (request: EnrolmentRequest) => Promise<EnrolmentAnswer>;
}

/** `POST /agent/v1/enroll`: a machine joins with the token of its agency. */
export async function enrolmentRoutes(server: FastifyInstance, { enrol }: EnrolmentRouteParts): Promise<void> {
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/agent/v1/enroll',
    bodyLimit: MAX_BODY_BYTES,
    config: { access: { kind: 'agent' }, rateLimit: ENROLMENT_LIMIT },
    schema: { body: enrolmentRequest, response: { 201: enrolmentAnswer } },
    handler: async (request, reply) => reply.code(201).send(await enrol(request.body)),
  });
}
