import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requestProblem } from '../../request-problem.ts';
import type {
  ApiCall,
  ApiExample,
  ApiRoute,
  DownloadRoute,
  RequestCost,
  RouteDeclaration,
  TakenParts,
} from './api-route.ts';
import { BodySlots } from './body-slots.ts';
import { entityTag, isUnchanged, weakTag } from './etag.ts';
import { problemAnswers } from './problem-answers.ts';
import { WorkQueue } from './work-queue.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a request costs; see rate-limits.ts. */
    cost?: RequestCost;
    /** Requests that the document shows and a test runs. */
    examples?: readonly ApiExample[];
  }
}

/**
 * Adds a route that answers JSON.
 *
 * Its handler gets parts that fit their schemas: whatever does not is answered 400 with every field at once. What the
 * schema of the answer does not name is left out of the answer.
 */
export function addRoute<Taken extends TakenParts, Answer extends z.ZodType>(
  server: FastifyInstance,
  route: ApiRoute<Taken, Answer>,
): void {
  const status = route.status ?? 200;
  const revalidates = route.revalidates === true;
  server.route({
    ...declarationOf(route, { [status]: described(route.answer, route.summary.en) }),
    config: { ...configOf(route), revalidates },
    handler: async (request, reply) => {
      const call = callOf(route.takes, request, reply);
      const answer = await BODY_SLOTS.hold(request, () => inTurn(route, request, () => route.handler(call)));
      if (reply.statusCode === 304) return reply.send();
      if (!reply.hasHeader('cache-control')) {
        reply.header('cache-control', revalidates ? 'private, no-cache' : 'no-store');
      }
      linkNext(request, reply, answer);
      const { tagWithout } = route;
      if (tagWithout !== undefined && isUnchanged(request, reply, weakTag(answer, tagWithout))) return reply.send();
      return reply.code(status).send(answer);
    },
  });
}

/** Adds a route that answers with a file: the same checks, and a name to keep it under. */
export function addDownload<Taken extends TakenParts>(server: FastifyInstance, route: DownloadRoute<Taken>): void {
  const content = Object.fromEntries(
    route.gives.map((mediaType) => [mediaType, { schema: mediaType.endsWith('json') ? JSON_FILE : FILE }]),
  );
  server.route({
    ...declarationOf(route, { 200: { description: 'The file', content } }),
    config: configOf(route),
    handler: async (request, reply) => {
      reply.header('cache-control', 'private, no-cache');
      const call = callOf(route.takes, request, reply);
      const file = await inTurn(route, request, () => route.handler(call));
      if (file === undefined) return reply.send();
      if (file.version !== undefined && isUnchanged(request, reply, entityTag(file.version))) return reply.send();
      reply.header('content-disposition', `attachment; filename="${file.fileName.replaceAll(/[^\w.-]/g, '_')}"`);
      return reply.type(file.mediaType).send(file.content);
    },
  });
}

/** One for the whole process: what it bounds is the memory of the process. */
const HEAVY_WORK = new WorkQueue();

/** One for the whole process, for the same reason. */
const BODY_SLOTS = new BodySlots();

function inTurn<Answer>(
  { cost }: RouteDeclaration<TakenParts>,
  { principal, ip }: FastifyRequest,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (cost !== 'heavy') return work();
  return HEAVY_WORK.run(principal === undefined ? ip : `${principal.kind} ${principal.id}`, work);
}

const FILE = z.string().meta({ format: 'binary', description: 'Content of the file' });

const JSON_FILE = z.looseObject({}).describe('Content of the file');

const NO_FIELDS = z.strictObject({});

/** What fastify takes from a declaration: where the route is, who may call it, what the document says. */
function configOf({ access, cost, method, examples }: RouteDeclaration<TakenParts>) {
  return { access, cost: cost ?? (method === 'GET' ? 'read' : 'change'), examples } as const;
}

function declarationOf(route: RouteDeclaration<TakenParts>, answers: Readonly<Record<number, unknown>>) {
  const { method, path, id, tag, summary, access, takes, problems, maxBodyBytes, mediaTypes } = route;
  const { params, query, body } = takes;
  return {
    method,
    url: path,
    ...(maxBodyBytes === undefined ? {} : { bodyLimit: maxBodyBytes, onRequest: admitBody }),
    // callOf checks, so that a handler's types are those of the schemas and an answer names every field at once.
    validatorCompiler: () => () => true,
    schema: {
      operationId: id,
      tags: [tag],
      summary: summary.vi,
      description: describeRoute(route),
      security: access.kind === 'public' ? [] : [{ bearer: [] }, { session: [] }],
      ...(mediaTypes === undefined ? {} : { consumes: [...mediaTypes] }),
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body }),
      response: { ...answers, ...problemAnswers(problems) },
    },
  };
}

/** @throws {TramdoError} COLLECTOR_BUSY */
async function admitBody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  BODY_SLOTS.admit(request, reply);
}

/** The document wants a description of every answer. */
function described<Answer extends z.ZodType>(answer: Answer, summary: string): Answer {
  return answer.description === undefined ? answer.describe(summary) : answer;
}

function describeRoute({ summary, access }: RouteDeclaration<TakenParts>): string {
  return access.kind === 'people' ? `${summary.en} Roles: ${access.roles.join(', ')}.` : summary.en;
}

/** @throws {RequestProblem} */
function callOf<Taken extends TakenParts>(takes: Taken, request: FastifyRequest, reply: FastifyReply): ApiCall<Taken> {
  const { params, query, body } = request;
  const sent = { params, query, body };
  const schema = z.strictObject(takes);
  const parsed = schema.safeParse({
    ...(takes.params === undefined ? {} : { params }),
    ...(takes.query === undefined ? {} : { query }),
    ...(takes.body === undefined ? {} : { body: body ?? undefined }),
  });
  if (!parsed.success) throw requestProblem(parsed.error, sent, (part) => fieldsOf(takes, part));
  if (takes.query === undefined) refuseFields('query', query);
  if (takes.body === undefined && body !== null) refuseFields('body', body ?? {});
  return { ...parsed.data, request, reply };
}

function refuseFields(part: 'query' | 'body', sent: unknown): void {
  const parsed = z.strictObject({ [part]: NO_FIELDS }).safeParse({ [part]: sent });
  if (!parsed.success) throw requestProblem(parsed.error, { [part]: sent }, () => []);
}

function fieldsOf(takes: TakenParts, part: string): readonly string[] {
  const schema = takes[part];
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The next page as `Link` (RFC 8288), for clients that follow links. */
function linkNext(request: FastifyRequest, reply: FastifyReply, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || !('next' in answer) || typeof answer.next !== 'string') return;
  const url = new URL(request.url, 'http://localhost');
  url.searchParams.set('cursor', answer.next);
  reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
}
