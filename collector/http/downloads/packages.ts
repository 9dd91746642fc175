import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TramdoError } from '#shared/errors.ts';
import { PACKAGE_LIST_FILE, type PackageFile } from '../../downloads/package-list.ts';
import { noPackages, type PackageShelf } from '../../downloads/package-shelf.ts';
import { PACKAGE_LIMIT } from '../rate-limits.ts';
import { parseRange } from './parse-range.ts';

/** What the routes need. */
export interface PackageRouteParts {
  readonly packages: PackageShelf;
}

/** Asked for anew each time, and answered 304 while it is the same. */
const CACHE = 'no-cache';

/**
 * `GET /packages/packages.json` and `GET /packages/NAME`: the installers and their hashes. Anyone may have them, as a
 * PC has no account before it joins.
 */
export async function packageRoutes(server: FastifyInstance, { packages }: PackageRouteParts): Promise<void> {
  const config = { access: { kind: 'public' }, rateLimit: PACKAGE_LIMIT } as const;
  const bodies = new Set<Readable>();
  // A collector that stops does not wait for the slowest line: the script on the other side can be run again.
  server.addHook('preClose', async () => {
    for (const body of bodies) body.destroy();
  });
  server.route({
    method: 'GET',
    url: `/packages/${PACKAGE_LIST_FILE}`,
    config,
    handler: async (_request, reply) => {
      const list = await packages.list();
      if (list === undefined) throw noPackages();
      return reply.header('cache-control', CACHE).send(list);
    },
  });
  server.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: '/packages/:name',
    config,
    handler: async (request, reply) => sendPackage({ packages, bodies }, request, reply),
  });
}

interface Counter extends PackageRouteParts {
  /** What is being sent. */
  readonly bodies: Set<Readable>;
}

async function sendPackage(
  { packages, bodies }: Counter,
  request: FastifyRequest<{ Params: { name: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = await packages.find(request.params.name);
  const etag = `"${file.sha256}"`;
  reply.header('etag', etag).header('cache-control', CACHE).header('accept-ranges', 'bytes');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const part = partOf(request, file);
  if (part === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.bytes}`);
    throw new TramdoError('RANGE_UNSATISFIABLE', `Cannot send that part of "${file.name}": it has ${file.bytes} bytes`);
  }
  const { first, last } = part === 'whole' ? { first: 0, last: file.bytes - 1 } : part;
  if (part !== 'whole') reply.code(206).header('content-range', `bytes ${first}-${last}/${file.bytes}`);
  reply.type('application/octet-stream').header('content-length', last - first + 1);
  if (request.method === 'HEAD') {
    await packages.check(file);
    return reply.send('');
  }
  const body = await packages.open(file, { first, last });
  bodies.add(body);
  body.once('close', () => bodies.delete(body));
  return reply.send(body);
}

/** A part of another version of the file would be worse than all of this one (RFC 9110 section 13.1.5). */
function partOf({ headers }: FastifyRequest, { sha256, bytes }: PackageFile): ReturnType<typeof parseRange> {
  const condition = headers['if-range'];
  return condition === undefined || condition === `"${sha256}"` ? parseRange(headers.range, bytes) : 'whole';
}
