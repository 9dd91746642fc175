import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { type Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { getCACertificates, rootCertificates } from 'node:tls';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { readOwnFile } from '../host/durable-file.ts';
import type { HttpProxy } from './http-proxy.ts';
import { createSecureAgent } from './secure-agent.ts';

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 30_000;
/** Most an answer may hold, in bytes: a plan with every network and product stays far below. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Whom to talk to, and whom to trust there. */
export interface TransportOptions {
  /** `https://host:port`, or `http://host:port` on loopback. */
  readonly origin: string;
  /** Pins that are trusted; empty: the system's CAs decide. */
  readonly pins: readonly string[];
  /** PEM file with further CAs. */
  readonly caFile?: string | undefined;
  /** Opens the way to the collector; absent: straight. Only for `https:`, as `http:` never leaves the machine. */
  readonly proxy?: HttpProxy | undefined;
}

/** One request to the collector. */
export interface CollectorRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What the collector answered. */
export interface CollectorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** One way to the collector; the connection is kept between requests. */
export interface Transport {
  /** @throws {TramdoError} COLLECTOR_UNREACHABLE, PROXY_REFUSED, PIN_MISMATCH, CERTIFICATE_UNTRUSTED, CONFIG_INVALID */
  send(request: CollectorRequest): Promise<CollectorAnswer>;
  close(): void;
}

/**
 * Opens a way to the collector over `node:https`, or `node:http` where the origin says so (loopback only; see
 * join.ts). Nothing is sent before the certificate was accepted.
 */
export function createTransport({ origin, pins, caFile, proxy }: TransportOptions): Transport {
  const url = new URL(origin);
  const isTls = url.protocol === 'https:';
  const agent = isTls ? tlsAgent(pins, caFile, proxy) : new PlainAgent({ keepAlive: true });
  const start = isTls ? tlsRequest : plainRequest;
  return {
    send: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const fail = (error: Error) => reject(unreachable(url.host, error));
        const request: ClientRequest = start(new URL(path, origin), {
          method,
          agent,
          headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(body.length) }) },
        });
        request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)));
        request.once('error', fail);
        request.once('response', (response) => {
          readAnswer(response).then(resolve, fail);
        });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function tlsAgent(pins: readonly string[], caFile: string | undefined, proxy: HttpProxy | undefined): TlsAgent {
  return createSecureAgent(pins.length > 0 ? { pins, proxy } : { pins, proxy, ca: trustedAuthorities(caFile) });
}

/**
 * Certificates that vouch for a collector without a pin: Node's, the system's, and those of a file.
 *
 * @throws {TramdoError} CONFIG_INVALID when the file is not there
 */
export function trustedAuthorities(caFile: string | undefined): readonly string[] {
  const own = caFile === undefined ? [] : [readCaFile(caFile)];
  return [...rootCertificates, ...getCACertificates('system'), ...own];
}

function readCaFile(path: string): string {
  const text = readOwnFile(path);
  if (text === undefined)
    throw new TramdoError('CONFIG_INVALID', `Cannot trust the CA file "${path}" as it is not there`);
  return text;
}

async function readAnswer(response: IncomingMessage): Promise<CollectorAnswer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    total += bytes.length;
    if (total > MAX_ANSWER_BYTES) throw new Error(`the answer is larger than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(bytes);
  }
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}

function unreachable(host: string, error: Error): TramdoError {
  if (error instanceof TramdoError) return error;
  const why = systemCodeOf(error) ?? messageOf(error);
  return new TramdoError('COLLECTOR_UNREACHABLE', `Cannot reach the collector at ${host}: ${why}`, { cause: error });
}
