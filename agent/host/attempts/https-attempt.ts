import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { systemCodeOf } from '#shared/errors.ts';
import { addressTimeoutMs, attemptConnection } from './attempt-connection.ts';
import {
  type AttemptFailure,
  type AttemptOptions,
  type AttemptResult,
  failureOfSocketError,
} from './attempt-result.ts';

/** Most that is read of an answer, in bytes: its first line is all that counts. */
const MAX_STATUS_LINE_BYTES = 1_024;

/** OpenSSL's ways to say that the issuer is not among the trusted ones (X509_V_ERR_…). */
const UNKNOWN_ISSUER = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Node's and the system's certificates, once a target needed the latter. */
let systemTrust: SecureContext | undefined;

/** Bounds of one attempt over HTTPS. */
export interface HttpsAttemptOptions extends AttemptOptions {
  /** Certificates to trust in place of Node's and the system's, PEM. */
  readonly trustedCertificates?: string;
}

/**
 * Asks an HTTPS server for the head of a page; any status below 500 is an answer.
 *
 * Written on `node:tls`, imported at the first use: it stays in the memory of the resident agent, and `node:https`
 * would add to it. The system's own certificates cost 9 MB there, so they are loaded only when Node's do not know
 * the issuer.
 */
export async function httpsAttempt(url: URL, options: HttpsAttemptOptions): Promise<AttemptResult> {
  const tls = await import('node:tls');
  if (options.trustedCertificates !== undefined) {
    const own = tls.createSecureContext({ ca: options.trustedCertificates });
    return (await attemptWith(own, url, options)).result;
  }
  const first = await attemptWith(systemTrust, url, options);
  if (!first.isIssuerUnknown || systemTrust !== undefined) return first.result;
  // Added in Node 22.15; before it, only Node's own certificates are known.
  if (tls.getCACertificates === undefined) return first.result;
  const certificates = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  systemTrust = tls.createSecureContext({ ca: certificates });
  return (await attemptWith(systemTrust, url, options)).result;
}

interface TrustAttempt {
  readonly result: AttemptResult;
  readonly isIssuerUnknown: boolean;
}

async function attemptWith(trust: SecureContext | undefined, url: URL, options: AttemptOptions): Promise<TrustAttempt> {
  const { connect } = await import('node:tls');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let isIssuerUnknown = false;
  const socket = connect({
    ...{ autoSelectFamily: true, autoSelectFamilyAttemptTimeout: addressTimeoutMs(options.timeoutMs) },
    host,
    port: Number(url.port || '443'),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(trust === undefined ? {} : { secureContext: trust }),
    // Said outright, so that no variable of the environment switches the check off.
    rejectUnauthorized: true,
  });
  const result = await attemptConnection(socket, options, {
    talk: (connection, end) => askForHead(connection, url, end),
    failureOf: (error) => {
      isIssuerUnknown = UNKNOWN_ISSUER.has(systemCodeOf(error) ?? '');
      return failureOfSocketError(error, 'TLS_FAILED');
    },
  });
  return { result, isIssuerUnknown };
}

function askForHead(socket: Socket, url: URL, end: (failure?: AttemptFailure) => void): void {
  let answer = '';
  socket.once('secureConnect', () => {
    socket.write(
      `HEAD ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nUser-Agent: tramdo\r\nConnection: close\r\n\r\n`,
    );
  });
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
    if (answer.includes('\n') || answer.length > MAX_STATUS_LINE_BYTES) end(judgeStatusLine(answer));
  });
}

function judgeStatusLine(answer: string): AttemptFailure | undefined {
  const status = /^HTTP\/1\.[01] ([1-9][0-9]{2})[ \r\n]/.exec(answer)?.[1];
  if (status === undefined) return 'ANSWER_UNREADABLE';
  return Number(status) >= 500 ? 'STATUS_5XX' : undefined;
}
