import { isIP, type Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { systemCodeOf } from '#shared/errors.ts';
import { addressTimeoutMs, attemptConnection, type Ending } from './attempt-connection.ts';
import {
  type AttemptFailure,
  type AttemptOptions,
  type AttemptResult,
  failureOfSocketError,
} from './attempt-result.ts';
import { judgeCertificate } from './judge-certificate.ts';

/** OpenSSL's words for what is no TLS at all: the first bytes of another protocol, plain HTTP above all. */
const NO_TLS = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_LAYER_FAILURE)$/;

/** Node's and the system's certificates, once a target needed the latter. */
let systemTrust: SecureContext | undefined;

/** What a server is asked for. */
export interface TlsRequest {
  readonly host: string;
  readonly port: number;
  readonly method: 'GET' | 'HEAD';
  /** Path with its query. */
  readonly path: string;
}

/** Whom to believe. */
export interface TrustOptions {
  /** SHA-256 of the public key the server must have, base64url; then nobody needs to vouch for its certificate. */
  readonly pin?: string | undefined;
  /** Certificates to trust in place of Node's and the system's, PEM. */
  readonly trustedCertificates?: string | undefined;
}

/** What is made of the answer. */
export interface AnswerJudge {
  /**
   * Looks at what has come of the answer, byte by byte as latin1; undefined when more is needed. With `hasEnded`
   * nothing more will come.
   */
  readonly judge: (answer: string, hasEnded: boolean) => Ending | undefined;
}

/**
 * Sends one request over TLS and hands what comes back to the judge, once the server is the one that is meant: it has
 * the pin, or without one a valid certificate for its name.
 *
 * Written on `node:tls`, imported at the first use: it stays in the memory of the resident agent, and `node:https`
 * would add to it. The system's own certificates cost 9 MB there, so they are loaded only when Node's do not know
 * the issuer.
 */
export async function tlsAttempt(
  request: TlsRequest,
  options: AttemptOptions & TrustOptions,
  judge: AnswerJudge,
): Promise<AttemptResult> {
  const tls = await import('node:tls');
  if (options.trustedCertificates !== undefined) {
    const own = tls.createSecureContext({ ca: options.trustedCertificates });
    return (await attemptWith(own, request, { options, judge })).result;
  }
  const first = await attemptWith(systemTrust, request, { options, judge });
  if (!first.isIssuerUnknown || systemTrust !== undefined) return first.result;
  // Added in Node 22.15; before it, only Node's own certificates are known.
  if (tls.getCACertificates === undefined) return first.result;
  const certificates = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  systemTrust = tls.createSecureContext({ ca: certificates });
  return (await attemptWith(systemTrust, request, { options, judge })).result;
}

interface TrustAttempt {
  readonly result: AttemptResult;
  readonly isIssuerUnknown: boolean;
}

interface Manner {
  readonly options: AttemptOptions & TrustOptions;
  readonly judge: AnswerJudge;
}

async function attemptWith(
  trust: SecureContext | undefined,
  request: TlsRequest,
  { options, judge }: Manner,
): Promise<TrustAttempt> {
  const { connect } = await import('node:tls');
  const { host, port } = request;
  let isIssuerUnknown = false;
  const socket = connect({
    ...{ autoSelectFamily: true, autoSelectFamilyAttemptTimeout: addressTimeoutMs(options.timeoutMs) },
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {}),
    ...(trust === undefined ? {} : { secureContext: trust }),
    // Judged right after the handshake, before a byte is sent: what was shown is wanted even when it is refused.
    rejectUnauthorized: false,
  });
  const result = await attemptConnection(socket, options, {
    talk: (_, end) => {
      let shown: Ending = {};
      socket.once('secureConnect', () => {
        const { isIssuerUnknown: isUnknown, ...judged } = judgeCertificate(socket, host, options.pin);
        isIssuerUnknown = isUnknown;
        shown = judged;
        if (judged.failure === undefined) ask(socket, request);
        else end(judged);
      });
      hear(socket, judge, (ending) => end({ ...shown, ...ending }));
    },
    failureOf: failureOfTls,
  });
  return { result, isIssuerUnknown };
}

function ask(socket: TLSSocket, { host, port, method, path }: TlsRequest): void {
  const name = isIP(host) === 6 ? `[${host}]` : host;
  const authority = port === 443 ? name : `${name}:${port}`;
  // An answer to HTTP/1.0 is never cut into chunks, so that its body can be read as it comes.
  const version = method === 'GET' ? '1.0' : '1.1';
  const lines = [`${method} ${path} HTTP/${version}`, `Host: ${authority}`, 'User-Agent: tramdo', 'Connection: close'];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
}

function hear(socket: Socket, { judge }: AnswerJudge, end: (ending: Ending) => void): void {
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
    const ending = judge(answer, false);
    if (ending !== undefined) end(ending);
  });
  socket.once('end', () => {
    const ending = answer === '' ? undefined : judge(answer, true);
    end(ending ?? { failure: 'RESET' });
  });
}

function failureOfTls(error: Error): AttemptFailure {
  if (NO_TLS.test(systemCodeOf(error) ?? '')) return 'CAPTIVE_PORTAL';
  return failureOfSocketError(error, 'TLS_FAILED');
}
