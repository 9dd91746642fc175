import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request as startRequest } from 'node:https';
import { isIP, Socket } from 'node:net';
import { connect, rootCertificates, type TLSSocket } from 'node:tls';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { pinOf } from '../http/own-certificate.ts';

/** Longest wait for an answer, in milliseconds: below the patience of an agent, which waits for 30 s. */
const TIMEOUT_MS = 10_000;
/** Longest time for a whole answer that is held, in milliseconds: one that only drips would hold up every report. */
const WHOLE_MS = 20_000;
/** Connections to the collector. */
const MAX_SOCKETS = 16;
/** Largest answer that is held, in bytes; releases are not held but passed on. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Where the collector is, and who vouches for it. */
export interface UpstreamOptions {
  readonly url: URL;
  /** Pin of its certificate; absent: authorities decide. */
  readonly pin?: string | undefined;
  /** Further authority, PEM. */
  readonly ca?: string | undefined;
  /** Longest time for a whole answer that is held, in milliseconds; 20 s when absent. */
  readonly wholeMs?: number;
}

/** A request as it goes to the collector: the bytes and headers of the machine. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What the collector answered. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The way to the collector. */
export interface Upstream {
  /** @throws {TramdoError} COLLECTOR_UNREACHABLE, PIN_MISMATCH */
  send(request: UpstreamRequest): Promise<UpstreamAnswer>;
  /**
   * Asks, and gives the answer before its body came.
   *
   * @throws {TramdoError} COLLECTOR_UNREACHABLE, PIN_MISMATCH
   */
  open(request: UpstreamRequest): Promise<IncomingMessage>;
  close(): void;
}

/** Makes the way to the collector; not a byte of a request leaves before its certificate was accepted. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'fifo' });
  agent.createConnection = (_options, callback) => {
    openJudged(options).then(
      (socket) => callback?.(null, socket),
      // Node's types want a socket beside the error; Node does not look at it.
      (error: Error) => callback?.(error, new Socket()),
    );
    return undefined;
  };
  const open = ({ method, path, headers, body }: UpstreamRequest) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(body.length) };
      const request: ClientRequest = startRequest(new URL(path, options.url), {
        method,
        agent,
        headers: { ...headers, ...length },
      });
      const giveUp = () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`));
      request.setTimeout(TIMEOUT_MS, giveUp);
      // The other one begins anew with every byte of a head.
      const timer = setTimeout(giveUp, options.wholeMs ?? WHOLE_MS);
      request.once('close', () => clearTimeout(timer));
      request.once('error', (error) => reject(unreachable(options.url, error)));
      request.once('response', (response) => {
        clearTimeout(timer);
        resolve(response);
      });
      request.end(body);
    });
  return {
    open,
    send: async (request) => {
      const response = await open(request);
      const { statusCode: status = 0, headers } = response;
      const timer = setTimeout(
        () => response.destroy(new Error('the answer did not come to its end in time')),
        options.wholeMs ?? WHOLE_MS,
      );
      try {
        return { status, headers, body: await readBounded(response) };
      } catch (error) {
        throw unreachable(options.url, error);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}

async function readBounded(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    total += bytes.length;
    // Leaving the loop ends the connection as well.
    if (total > MAX_ANSWER_BYTES) throw new Error(`the answer is larger than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function openJudged({ url, pin, ca }: UpstreamOptions): Promise<TLSSocket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: Number(url.port || 443),
    // RFC 6066 section 3: a literal address is not permitted as a server name.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    rejectUnauthorized: pin === undefined,
  });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('TLS did not begin in time')));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
    socket.once('secureConnect', resolve);
  });
  socket.setTimeout(0);
  const shown = socket.getPeerX509Certificate();
  if (pin === undefined || (shown !== undefined && pinOf(shown.toString()) === pin)) return socket;
  socket.on('error', () => undefined).destroy();
  throw new TramdoError(
    'PIN_MISMATCH',
    `Refused the collector at ${url.host} as its certificate does not have the pin`,
  );
}

function unreachable({ host }: URL, error: unknown): TramdoError {
  if (error instanceof TramdoError) return error;
  const why = systemCodeOf(error) ?? messageOf(error);
  return new TramdoError('COLLECTOR_UNREACHABLE', `Cannot reach the collector at ${host}: ${why}`, { cause: error });
}
