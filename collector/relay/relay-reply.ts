import { Buffer } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Transform } from 'node:stream';
import { ERROR_CATALOGUE, TramdoError } from '#shared/errors.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { RetryLater } from '../ingest/retry-later.ts';
import type { UpstreamAnswer } from './upstream.ts';

/** Headers of the collector that mean something to an agent. */
const PASSED_HEADERS = [
  ...['cache-control', 'content-encoding', 'content-type', 'etag', 'retry-after'],
  SIGNATURE_HEADER,
] as const;

/** Wait that is told when nothing better is known, in seconds. */
const DEFAULT_RETRY_SECONDS = 30;

/** The headers of an answer that are given back. */
export function passedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of PASSED_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') passed[name] = value;
  }
  return passed;
}

/** Gives back what the collector said, unchanged. */
export function replyUnchanged(response: ServerResponse, { status, headers, body }: UpstreamAnswer): void {
  response.writeHead(status, { ...passedHeaders(headers), 'content-length': String(body.length) });
  response.end(body);
}

/** Answers with JSON text. */
export function replyJson(response: ServerResponse, status: number, text: string): void {
  const type = status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json';
  const body = Buffer.from(text);
  response.writeHead(status, {
    'content-type': type,
    'content-length': String(body.length),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** Answers a failure as `application/problem+json` (RFC 9457). */
export function replyProblem(response: ServerResponse, error: TramdoError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, meaning } = ERROR_CATALOGUE[error.code];
  if (status === 503) {
    const seconds = error instanceof RetryLater ? error.retryAfterSeconds : DEFAULT_RETRY_SECONDS;
    response.setHeader('retry-after', String(seconds));
  }
  // What goes wrong inside is for the log.
  const detail = status === 500 ? meaning : error.message;
  const { code } = error;
  replyJson(
    response,
    status,
    JSON.stringify({ type: `urn:tramdo:error:${code}`, title: meaning, status, detail, code }),
  );
}

/** Passes an answer on as it comes, and ends it when it is larger than it may be. */
export function replyStream(response: ServerResponse, answer: IncomingMessage, maxBytes: number): void {
  let passed = 0;
  const bound = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      if (passed > maxBytes) done(new Error(`the answer is larger than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
  const length = answer.headers['content-length'];
  response.writeHead(answer.statusCode ?? 502, {
    ...passedHeaders(answer.headers),
    ...(length === undefined ? {} : { 'content-length': length }),
  });
  // An answer that breaks off breaks off here, too: a file that is cut must not look whole.
  pipeline(answer, bound, response, (error) => {
    if (error !== undefined && error !== null) response.destroy();
  });
}

/**
 * Reads a body, up to a bound.
 *
 * @throws {TramdoError} BODY_TOO_LARGE, REQUEST_INVALID when the connection breaks off
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = new TramdoError('BODY_TOO_LARGE', `Cannot take a body of more than ${maxBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      total += bytes.length;
      if (total > maxBytes) throw tooLarge;
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof TramdoError) throw error;
    throw new TramdoError('REQUEST_INVALID', 'Cannot use the request as it broke off', { cause: error });
  }
  return Buffer.concat(chunks);
}
