import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { boundConnections, SMALL_SERVER } from '../http/bound-connections.ts';
import type { TlsFiles } from '../http/own-certificate.ts';
import {
  type BeaconRefusal,
  BROKEN_REQUEST_ANSWER,
  type RefusalTerms,
  sendReceipt,
  sendRefusal,
} from './beacon-answers.ts';
import type { BeaconCounts } from './beacon-counts.ts';
import type { BeaconSettings } from './beacon-settings.ts';
import { askerOf, observedAddress } from './observed-address.ts';
import type { ReceiptSigner } from './receipt-signer.ts';
import { SampleTurns } from './sample-turns.ts';
import { MAX_SAMPLE_BYTES, sendSample } from './send-sample.ts';
import { TokenBuckets } from './token-buckets.ts';

const RECEIPT_PATH = '/beacon/v1/receipt';
const BYTES_PATH = '/beacon/v1/bytes';
const NONCE_QUERY = /^nonce=([A-Za-z0-9_-]{43})$/;
const SIZE_QUERY = /^size=([1-9][0-9]{0,6})$/;

/** Addresses whose requests are counted. */
const MAX_ASKERS = 8_192;

/** What the server is made of. */
export interface BeaconParts {
  readonly settings: Omit<BeaconSettings, 'listen' | 'address' | 'data'>;
  readonly tls: TlsFiles;
  /** Signs with the key that is in use now. */
  readonly sign: ReceiptSigner;
  readonly counts: BeaconCounts;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** A clock that never jumps, milliseconds since some start. */
  readonly monotonicMs: () => number;
}

/**
 * Makes the server of a beacon: `GET /beacon/v1/receipt?nonce=` and `GET /beacon/v1/bytes?size=`, no more. It takes no
 * body, believes no header and writes nothing down of a request.
 */
export function createBeaconServer(parts: BeaconParts): Server {
  const { settings, tls, counts } = parts;
  const answer = createAnswerer(parts);
  const server = createServer({ key: tls.key, cert: tls.certificate, ...SMALL_SERVER }, (request, response) => {
    response.on('error', () => response.destroy());
    answer(request, response);
  });
  boundConnections(
    server,
    settings,
    (asked) => askerOf(observedAddress(asked)),
    () => {
      counts.droppedConnections += 1;
    },
  );
  server.on('clientError', (_error, socket) => {
    counts.brokenRequests += 1;
    if (!socket.writable) return socket.destroy();
    socket.end(BROKEN_REQUEST_ANSWER, () => socket.destroy());
  });
  // Comes after the same as `clientError`. Nothing can be said before TLS stands: an answer would wait for it, and its
  // connection with it, for ever.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

/** An asker and what was asked. */
interface Question {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly address: string;
  readonly query: string;
}

function createAnswerer(parts: BeaconParts): (request: IncomingMessage, response: ServerResponse) => void {
  const { settings, counts, monotonicMs } = parts;
  const { receiptBurst: burst, receiptsPerSecond: perSecond, totalReceiptsPerSecond: total } = settings;
  const byAddress = new TokenBuckets({ burst, perSecond, maxCount: MAX_ASKERS });
  const altogether = new TokenBuckets({ burst: total, perSecond: total, maxCount: 1 });
  const turns = new SampleTurns({ maxAtOnce: settings.maxSamples, maxPerDay: settings.maxSamplesPerDay });
  const refuse = ({ response }: Pick<Question, 'response'>, code: BeaconRefusal, terms?: RefusalTerms) => {
    counts.refuse(code);
    sendRefusal(response, code, terms);
  };
  return (request, response) => {
    const address = observedAddress(request.socket.remoteAddress ?? '');
    const [path, query = ''] = splitUrl(request.url ?? '');
    const question = { request, response, address, query };
    const nowMs = monotonicMs();
    const waitMs = byAddress.take(askerOf(address), nowMs) || altogether.take('', nowMs);
    if (waitMs > 0) return refuse(question, 'RATE_LIMITED', { waitMs, isLast: hasBody(request) });
    if (hasBody(request)) return refuse(question, 'REQUEST_INVALID', { isLast: true });
    if (path !== RECEIPT_PATH && path !== BYTES_PATH) return refuse(question, 'NOT_FOUND');
    if (request.method !== 'GET') return refuse(question, 'METHOD_NOT_ALLOWED');
    const refusal = path === RECEIPT_PATH ? answerReceipt(parts, question) : answerBytes(parts, question, turns);
    if (refusal !== undefined) refuse(question, refusal.code, refusal);
  };
}

type Refused = RefusalTerms & { readonly code: BeaconRefusal };

function answerReceipt(parts: BeaconParts, { response, address, query }: Question): Refused | undefined {
  const nonce = NONCE_QUERY.exec(query)?.[1];
  if (nonce === undefined) return { code: 'REQUEST_INVALID' };
  const seconds = Math.floor(parts.nowMs() / 1_000);
  const at = new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
  const { network } = parts.settings;
  const { body, signature } = parts.sign({ nonce, network, observedAddress: address, at });
  sendReceipt(response, body, signature);
  parts.counts.receipts += 1;
  return undefined;
}

function answerBytes(
  { counts, monotonicMs }: BeaconParts,
  { response, address, query }: Question,
  turns: SampleTurns,
): Refused | undefined {
  const size = Number(SIZE_QUERY.exec(query)?.[1]);
  if (!(size <= MAX_SAMPLE_BYTES)) return { code: 'REQUEST_INVALID' };
  const waitMs = turns.begin(askerOf(address), monotonicMs());
  if (waitMs > 0) return { code: 'RATE_LIMITED', waitMs };
  sendSample(response, size, (sentBytes) => {
    turns.end();
    counts.samples += 1;
    counts.sampleBytes += sentBytes;
  });
  return undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

function splitUrl(url: string): readonly [path: string, query?: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}
