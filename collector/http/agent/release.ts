import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { readSigner, verifyDetached } from '#shared/signature.ts';
import type { KnownMachine, MachineDirectory } from '../../ingest/machine-directory.ts';
import type { ReleaseDesk } from '../../releases/release-desk.ts';
import { signatureOf } from '../agent-auth.ts';
import { RELEASE_LIMIT } from '../rate-limits.ts';

const PATH = '/agent/v1/release';

const fileParams = z.object({ name: z.string().max(64) });
const fileQuery = z.object({ version: z.string().max(64) });

/** What the routes need. */
export interface ReleaseRouteParts {
  readonly directory: MachineDirectory;
  readonly releases: ReleaseDesk;
}

/**
 * `GET /agent/v1/release`: the signed manifest of the release on offer, or 204 when it is not this machine's turn.
 * `GET /agent/v1/release/files/NAME?version=`: one of its files, compressed with gzip. Both for a machine that signs
 * its question; what they answer is vouched for by the release key and not by the collector.
 */
export async function releaseRoutes(
  server: FastifyInstance,
  { directory, releases }: ReleaseRouteParts,
): Promise<void> {
  const config = { access: { kind: 'agent' }, rateLimit: RELEASE_LIMIT } as const;
  const asker = async (headers: Parameters<typeof signatureOf>[0], path: string): Promise<KnownMachine> => {
    const signature = signatureOf(headers);
    const machine = await directory.find(readSigner(signature));
    await verifyDetached(Buffer.from(`GET ${path}`), signature, machine.verificationKey);
    return machine;
  };
  server.route({
    method: 'GET',
    url: PATH,
    helmet: false,
    config,
    handler: async (request, reply) => {
      const signed = await releases.releaseFor(await asker(request.headers, PATH));
      reply.header('cache-control', 'no-store');
      if (signed === undefined) return reply.code(204).send();
      const etag = `"${releases.offeredVersion()}"`;
      reply.header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type('application/jose').send(signed);
    },
  });
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'GET',
    url: `${PATH}/files/:name`,
    helmet: false,
    config,
    schema: { params: fileParams, querystring: fileQuery },
    handler: async (request, reply) => {
      const { name } = request.params;
      const { version } = request.query;
      await asker(request.headers, `${PATH}/files/${name}?version=${version}`);
      const file = releases.open(version, name);
      if (file === undefined) {
        throw new TramdoError('RELEASE_UNKNOWN', `Cannot find the file "${name}" of a release ${version} on offer`);
      }
      reply.header('content-encoding', 'gzip').header('content-length', file.bytes).header('cache-control', 'no-store');
      return reply.type('application/octet-stream').send(file.content);
    },
  });
}
