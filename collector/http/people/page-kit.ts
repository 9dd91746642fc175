import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ERROR_CATALOGUE, TramdoError } from '#shared/errors.ts';
import { renderRefusal } from '../../console/sign-in-page.ts';
import { RetryLater } from '../../ingest/retry-later.ts';
import { namedError } from '../error-reply.ts';
import { pageLanguage } from '../page-language.ts';

/** A field of a form, whose rules are the desk's; here it is only bounded. */
export const formText = z.string().max(1_024);

/** The field that proves a form came from a page of the session; the guard checks it. */
export const CSRF_FIELD = { _csrf: formText.optional() };

/** Query of every page. */
export const pageQuery = z.object({
  lang: formText.optional(),
  next: formText.optional(),
  notice: formText.optional(),
});

/** Takes forms in, and shows failures of this context to browsers as a page and not as JSON. */
export async function servePages(server: FastifyInstance): Promise<void> {
  await server.register(formbody, { bodyLimit: 8_192 });
  server.setErrorHandler((error: Error, request, reply) => {
    const known = namedError(error);
    if (request.headers.accept?.includes('text/html') !== true) throw known;
    request.log[ERROR_CATALOGUE[known.code].level]({ code: known.code, reason: known.message }, 'Page refused');
    return sendRefused(reply, known, renderRefusal(known, pageLanguage(request.url)));
  });
}

/** Sends a page that nobody keeps. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
}

/** Sends a page that shows why something was refused, with the status of the refusal. */
export function sendRefused(reply: FastifyReply, refusal: TramdoError, page: string): FastifyReply {
  if (refusal instanceof RetryLater) reply.header('retry-after', String(refusal.retryAfterSeconds));
  return sendPage(reply.code(ERROR_CATALOGUE[refusal.code].status), page);
}

/**
 * Does what a form asks for.
 *
 * @returns why it was refused, for the page of the form to show; undefined when it was done
 */
export async function refusalOf(request: FastifyRequest, work: () => Promise<void>): Promise<TramdoError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof TramdoError) || ERROR_CATALOGUE[error.code].status >= 500) throw error;
    request.log.info({ code: error.code }, 'Form refused');
    return error;
  }
}

/** A path of this collector to go on to; anything else becomes the overview. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}
