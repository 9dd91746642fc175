import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_CATALOGUE, type ErrorCode, TramdoError } from '#shared/errors.ts';
import { renderRefusedPage } from '../console/refused-page.ts';
import { RetryLater } from '../ingest/retry-later.ts';
import type { AllowedMethods } from './allowed-methods.ts';
import { pageLanguage } from './page-language.ts';
import { RequestProblem, validationProblem } from './request-problem.ts';

/** Wait that is told to callers when nothing better is known, in seconds. */
const DEFAULT_RETRY_SECONDS = 30;

/** What fastify itself refuses, by its code (Reference/Errors of fastify 5). */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_CSRF_INVALID_TOKEN: 'CROSS_SITE_REQUEST',
  FST_CSRF_MISSING_SECRET: 'CROSS_SITE_REQUEST',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_UNSUPPORTED',
};

/**
 * Answers every failure as `application/problem+json` (RFC 9457); the only place that maps codes to answers. A browser
 * that asks for a page that is not there or may not be seen gets a page that says so.
 */
export function replyWithProblems(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError | TramdoError, request, reply) => {
    const known = namedError(error);
    const { level } = ERROR_CATALOGUE[known.code];
    request.log[level](
      { code: known.code, reason: known.message, ...(level === 'error' ? { err: error } : {}) },
      'Request refused',
    );
    return sendProblem(request, reply, known);
  });
}

/**
 * Answers that nothing is at this address; where only the method is another one, it says which ones there are, and
 * answers OPTIONS with them.
 */
export function replyNotFound(allowed: AllowedMethods) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { method } = request;
    const path = request.url.split('?')[0]?.slice(0, 200) ?? '';
    const methods = allowed(path);
    // A route that takes the method has looked and found nothing: a file of the pages, say.
    if (methods.length === 0 || methods.includes(method)) {
      return sendProblem(request, reply, new TramdoError('NOT_FOUND', `There is nothing at ${method} "${path}"`));
    }
    const names = [...methods, 'OPTIONS'].toSorted().join(', ');
    reply.header('allow', names);
    if (method === 'OPTIONS') return reply.code(204).send();
    const text = `Cannot use ${method} at "${path}", allowed are ${names}`;
    return sendProblem(request, reply, new TramdoError('METHOD_NOT_ALLOWED', text));
  };
}

/** Answers an address that fastify cannot even route: broken escapes, or a part that is longer than any name. */
export function replyBadAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const text = 'Cannot use the request: its address is not valid, as an escape is broken or a part of it is too long';
  sendProblem(request, reply, new TramdoError('REQUEST_INVALID', text));
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: TramdoError): FastifyReply {
  const { status, meaning } = ERROR_CATALOGUE[error.code];
  reply.header('cache-control', 'no-store');
  if (status === 429 || status === 503) {
    const seconds = error instanceof RetryLater ? error.retryAfterSeconds : DEFAULT_RETRY_SECONDS;
    reply.header('retry-after', String(seconds));
  }
  if (error.code === 'AUTHENTICATION_REQUIRED') reply.header('www-authenticate', 'Basic realm="tramdo", Bearer');
  if ((status === 403 || status === 404) && wantsPage(request)) {
    const page = renderRefusedPage(status, pageLanguage(request.url));
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .serializer((payload: string) => payload)
      .send(page);
  }
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({
      type: `urn:tramdo:error:${error.code}`,
      title: meaning,
      status,
      // What went wrong inside is for the log; a stranger learns only that it did.
      detail: error.code === 'INTERNAL' ? meaning : error.message,
      code: error.code,
      ...(error instanceof RequestProblem ? { errors: error.problems } : {}),
    });
}

/** Whether somebody with a browser looks for a page; programs that ask the API get a problem, whatever they accept. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return headers.accept?.includes('text/html') === true && !/^\/(?:api|agent)\//.test(url);
}

/** Any failure as one of the catalogue; a fault of the program itself is INTERNAL. */
export function namedError(
  error: Error & Partial<Pick<FastifyError, 'code' | 'statusCode' | 'validation' | 'validationContext'>>,
): TramdoError {
  if (error instanceof TramdoError) return error;
  const code = FASTIFY_CODES[error.code ?? ''];
  if (code !== undefined) return new TramdoError(code, error.message, { cause: error });
  if (error.validation !== undefined) return validationProblem(error.validation, error.validationContext);
  const isRefusal = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
  if (isRefusal)
    return new TramdoError('REQUEST_INVALID', `Cannot use the request: ${error.message}`, { cause: error });
  return new TramdoError('INTERNAL', error.message, { cause: error });
}
