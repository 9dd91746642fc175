import type { FastifyInstance } from 'fastify';
import { readSigner, verifyDetached } from '#shared/signature.ts';
import type { MachineDirectory } from '../../ingest/machine-directory.ts';
import type { LineTurnDesk } from '../../networks/line-turn-desk.ts';
import { signatureOf } from '../agent-auth.ts';
import { RELEASE_LIMIT } from '../rate-limits.ts';

const PATH = '/agent/v1/line-sample-turn';

/** What a machine signs to ask for the turn. */
const QUESTION = Buffer.from(`POST ${PATH}`);

/** What the route needs. */
export interface LineTurnRouteParts {
  readonly directory: MachineDirectory;
  readonly lineTurns: Pick<LineTurnDesk, 'ask'>;
}

/**
 * `POST /agent/v1/line-sample-turn`: 200 when it is the machine's turn to measure the line of its agency, 204 when not;
 * for a machine that signs its question.
 */
export async function lineTurnRoutes(
  server: FastifyInstance,
  { directory, lineTurns }: LineTurnRouteParts,
): Promise<void> {
  server.route({
    method: 'POST',
    url: PATH,
    helmet: false,
    config: { access: { kind: 'agent' }, rateLimit: RELEASE_LIMIT },
    handler: async (request, reply) => {
      const signature = signatureOf(request.headers);
      const { agencyCode, machineId, verificationKey } = await directory.find(readSigner(signature));
      await verifyDetached(QUESTION, signature, verificationKey);
      reply.header('cache-control', 'no-store');
      const isGiven = await lineTurns.ask({ agencyCode, machineId });
      return isGiven ? reply.send({ turn: true }) : reply.code(204).send();
    },
  });
}
