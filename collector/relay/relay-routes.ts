import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { MAX_RELEASE_FILE_BYTES } from '#shared/release.ts';
import { machineId as machineIdText } from '#shared/report.ts';
import { readSigner } from '#shared/signature.ts';
import { signatureOf } from '../http/agent-auth.ts';
import { isLoopback } from '../http/endpoint.ts';
import { decodeBody } from '../ingest/decode-body.ts';
import { RetryLater } from '../ingest/retry-later.ts';
import type { RelayMemory } from './relay-memory.ts';
import { metricsText } from './relay-metrics.ts';
import { readBody, replyJson, replyProblem, replyStream, replyUnchanged } from './relay-reply.ts';
import type { DeskParts, ReportDesk } from './report-desk.ts';
import type { SpooledReport } from './report-spool.ts';
import type { UpstreamRequest } from './upstream.ts';

/** Largest bodies on the wire, in bytes; those of the collector. */
const [MAX_REPORT_WIRE_BYTES, MAX_ENROLMENT_BYTES] = [262_144, 16_384] as const;
/** Largest answer that is passed on, in bytes: a file of a release is compressed, which cannot make it much larger. */
const MAX_PASSED_BYTES = MAX_RELEASE_FILE_BYTES + 65_536;
/** Bodies that are taken at once: together they must fit into the memory of a small computer. */
const MAX_BODIES = 512;
const BUSY_RETRY_SECONDS = 15;
const PLAN_PATH = '/agent/v1/plan';
const RELEASE_PATH = /^\/agent\/v1\/release(?:\/files\/[a-z0-9.-]{1,64}\?version=[0-9A-Za-z.+-]{1,64})?$/;
/** Headers of a machine that go to the collector; not one that says who it is or where it came from. */
const ASKED_HEADERS = ['content-encoding', 'content-type', 'if-none-match', SIGNATURE_HEADER] as const;

const claims = z.object({ machineId: machineIdText, seq: z.int().positive() });

/** What the routes need. */
export interface RelayRouteParts extends DeskParts {
  readonly desk: ReportDesk;
  readonly memory: RelayMemory;
}

type Exchange = readonly [request: IncomingMessage, response: ServerResponse];

/** Makes the handler of every request: the routes of agents, `/healthz` and, on this computer, `/metrics`. */
export function createRelayRoutes(parts: RelayRouteParts): (...exchange: Exchange) => void {
  let bodyCount = 0;
  const routeBounded = async (...exchange: Exchange) => {
    if (exchange[0].method !== 'POST') return route(parts, ...exchange);
    if (bodyCount >= MAX_BODIES) {
      throw new RetryLater('COLLECTOR_BUSY', 'Cannot take more at once', BUSY_RETRY_SECONDS);
    }
    bodyCount += 1;
    try {
      await route(parts, ...exchange);
    } finally {
      bodyCount -= 1;
    }
  };
  return (request, response) => {
    response.on('error', () => response.destroy());
    routeBounded(request, response).catch((error: unknown) => {
      const known = error instanceof TramdoError ? error : new TramdoError('INTERNAL', messageOf(error));
      if (known.code === 'INTERNAL') parts.log('Request failed', { reason: known.message });
      // What was not read of a body stays on the connection.
      if (!request.complete) response.shouldKeepAlive = false;
      replyProblem(response, known);
    });
  };
}

async function route(parts: RelayRouteParts, ...[request, response]: Exchange): Promise<void> {
  const { method = '', url = '' } = request;
  const isRead = method === 'GET';
  if (method === 'POST' && url === '/agent/v1/reports') return takeReport(parts, request, response);
  if (method === 'POST' && url === '/agent/v1/enroll') return passEnrolment(parts, request, response);
  if (isRead && url === PLAN_PATH) return passPlan(parts, request, response);
  if (isRead && RELEASE_PATH.test(url)) return passRelease(parts, request, response);
  if (isRead && url === '/healthz') return sayHealth(parts, response);
  if (isRead && url === '/metrics' && isLoopback(request.socket.remoteAddress ?? '')) {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(metricsText(parts));
    return;
  }
  throw new TramdoError('NOT_FOUND', `There is nothing at ${method} "${url.split('?')[0]?.slice(0, 200)}"`);
}

async function takeReport({ desk }: RelayRouteParts, ...[request, response]: Exchange): Promise<void> {
  const report = await readReport(request);
  const given = await desk.accept(report);
  if (given.from === 'collector') replyUnchanged(response, given.answer);
  else if (given.from === 'memory') replyJson(response, given.status, given.body);
  else replyJson(response, 200, JSON.stringify(given.answer));
}

/** Nothing is verified here: the collector does that, and a relay has no key to do it with. */
async function readReport(request: IncomingMessage): Promise<SpooledReport> {
  const signature = signatureOf(request.headers);
  const signer = machineIdText.safeParse(readSigner(signature));
  if (!signer.success)
    throw new TramdoError('MACHINE_UNKNOWN', 'Cannot accept anything of a signer that is no machine');
  const body = await readBody(request, MAX_REPORT_WIRE_BYTES);
  const encoding = request.headers['content-encoding'];
  const claimed = claims.safeParse(parseJson((await decodeBody(body, encoding)).toString('utf8')));
  if (!claimed.success || claimed.data.machineId !== signer.data) {
    throw new TramdoError(
      'REPORT_INVALID',
      'Cannot accept the report as it lacks its number, or is of another machine',
    );
  }
  const encoded = encoding === undefined ? {} : { encoding };
  return { machineId: signer.data, seq: claimed.data.seq, signature, ...encoded, body };
}

/** It holds a token, so that it is never written down. */
async function passEnrolment(parts: RelayRouteParts, ...[request, response]: Exchange): Promise<void> {
  const body = await readBody(request, MAX_ENROLMENT_BYTES);
  const headers = askedHeaders(request.headers);
  const answer = await askCollector(parts, (upstream) =>
    upstream.send({ method: 'POST', path: '/agent/v1/enroll', headers, body }),
  );
  replyUnchanged(response, answer);
}

async function passPlan(parts: RelayRouteParts, ...[request, response]: Exchange): Promise<void> {
  const { memory } = parts;
  const question: UpstreamRequest = { method: 'GET', path: PLAN_PATH, headers: askedHeaders(request.headers) };
  const signer = readSigner(signatureOf(request.headers));
  try {
    const answer = await askCollector(parts, (upstream) => upstream.send(question));
    const { [SIGNATURE_HEADER]: signature, etag } = answer.headers;
    if (answer.status === 200 && typeof signature === 'string' && etag !== undefined) {
      await memory.keepPlan({ body: answer.body.toString('utf8'), signature, etag });
    }
    if (answer.status < 500 && answer.status !== 429) return replyUnchanged(response, answer);
    if (!replyCachedPlan(memory, signer, [request, response])) replyUnchanged(response, answer);
  } catch (error) {
    if (!replyCachedPlan(memory, signer, [request, response])) throw error;
  }
}

/** The plan that went through last; for a machine whose reports the collector took, as the question is not verified. */
function replyCachedPlan(memory: RelayMemory, signer: string, [request, response]: Exchange): boolean {
  const { plan } = memory;
  if (plan === undefined || !memory.isKnown(signer)) return false;
  const { etag, signature, body } = plan;
  const headers = { etag, 'cache-control': 'no-store' };
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
  else
    response
      .writeHead(200, { ...headers, 'content-type': 'application/json', [SIGNATURE_HEADER]: signature })
      .end(body);
  return true;
}

async function passRelease(parts: RelayRouteParts, ...[request, response]: Exchange): Promise<void> {
  const question: UpstreamRequest = { method: 'GET', path: request.url ?? '', headers: askedHeaders(request.headers) };
  replyStream(response, await askCollector(parts, (upstream) => upstream.open(question)), MAX_PASSED_BYTES);
}

/** Asks the collector what cannot wait. */
async function askCollector<Answer>(
  { upstream, gate, monotonicMs }: RelayRouteParts,
  ask: (upstream: RelayRouteParts['upstream']) => Promise<Answer>,
): Promise<Answer> {
  const waitMs = gate.waitMs(monotonicMs());
  if (waitMs > 0) {
    const text = 'Cannot pass the request on as the collector does not answer now';
    throw new RetryLater('COLLECTOR_UNREACHABLE', text, Math.ceil(waitMs / 1_000));
  }
  try {
    const answer = await ask(upstream);
    gate.noteAnswer();
    return answer;
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    const seconds = Math.ceil(gate.noteFailure(monotonicMs(), undefined) / 1_000);
    // A wrong pin is between the relay and the collector: the machine can do nothing but come back.
    throw new RetryLater(
      'COLLECTOR_UNREACHABLE',
      'Cannot pass the request on as the collector does not answer',
      seconds,
    );
  }
}

function sayHealth({ spool, gate }: RelayRouteParts, response: ServerResponse): void {
  const upstream = gate.answers ? 'answers' : 'away';
  replyJson(response, 200, JSON.stringify({ status: 'ok', upstream, waitingReports: spool.countOf() }));
}

function askedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const asked: Record<string, string> = {};
  for (const name of ASKED_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') asked[name] = value;
  }
  return asked;
}
