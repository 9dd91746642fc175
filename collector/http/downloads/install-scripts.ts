import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { INSTALL_SCRIPTS, type InstallScript, renderInstallScript } from '../../downloads/install-script.ts';
import { noPackages, type PackageShelf } from '../../downloads/package-shelf.ts';
import { PACKAGE_LIMIT } from '../rate-limits.ts';

/** What the routes need. */
export interface InstallScriptRouteParts {
  readonly packages: PackageShelf;
}

/**
 * `GET /install.sh` and `GET /install.ps1`: they fetch the right package, check its hash, install it and join. They
 * hold the hashes of the packages and no secret: the token comes with the line that a person pastes.
 */
export async function installScriptRoutes(
  server: FastifyInstance,
  { packages }: InstallScriptRouteParts,
): Promise<void> {
  for (const script of INSTALL_SCRIPTS) {
    server.route({
      method: 'GET',
      url: `/${script}`,
      config: { access: { kind: 'public' }, rateLimit: PACKAGE_LIMIT },
      handler: async (request, reply) => sendScript(packages, script, { request, reply }),
    });
  }
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function sendScript(packages: PackageShelf, script: InstallScript, { request, reply }: Exchange) {
  const list = await packages.list();
  if (list === undefined) throw noPackages();
  const body = renderInstallScript(script, list);
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  reply.header('etag', etag).header('cache-control', 'no-cache');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type('text/plain; charset=utf-8').send(Buffer.from(body));
}
