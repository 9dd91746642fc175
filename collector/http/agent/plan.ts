import type { FastifyInstance } from 'fastify';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { readSigner, verifyDetached } from '#shared/signature.ts';
import type { MachineDirectory } from '../../ingest/machine-directory.ts';
import { signatureOf } from '../agent-auth.ts';
import { REPORT_LIMIT } from '../rate-limits.ts';

const PATH = '/agent/v1/plan';

/** What a machine signs to ask for its plan. */
const QUESTION = Buffer.from(`GET ${PATH}`);

/** The plan as it leaves the collector. */
export interface SignedPlan {
  readonly version: string;
  /** JSON text, exactly the bytes that are signed. */
  readonly body: string;
  /** Detached JWS by the collector. */
  readonly signature: string;
}

/** What the route needs. */
export interface PlanRouteParts {
  readonly directory: MachineDirectory;
  /** The plan in force. */
  readonly plan: () => SignedPlan;
}

/** `GET /agent/v1/plan`: the plan, signed by the collector, for a machine that signs its question. */
export async function planRoutes(server: FastifyInstance, { directory, plan }: PlanRouteParts): Promise<void> {
  server.route({
    method: 'GET',
    url: PATH,
    config: { access: { kind: 'agent' }, rateLimit: REPORT_LIMIT },
    handler: async (request, reply) => {
      const signature = signatureOf(request.headers);
      const { verificationKey } = await directory.find(readSigner(signature));
      await verifyDetached(QUESTION, signature, verificationKey);
      const { version, body, signature: ownSignature } = plan();
      const etag = `"${version}"`;
      reply.header('etag', etag).header('cache-control', 'no-store');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.header(SIGNATURE_HEADER, ownSignature).type('application/json').send(Buffer.from(body));
    },
  });
}
