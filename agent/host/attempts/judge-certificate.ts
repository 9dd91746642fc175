import { checkServerIdentity, type TLSSocket } from 'node:tls';
import { certificatePin } from '../certificate-pin.ts';
import type { Ending } from './attempt-connection.ts';
import type { AttemptFailure } from './attempt-result.ts';

/** OpenSSL's ways to say that the issuer is not among the trusted ones (X509_V_ERR_…). */
const UNKNOWN_ISSUER = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Its and Node's other ways to say that this is the certificate of somebody else. */
const OF_ANOTHER = new Set([
  ...UNKNOWN_ISSUER,
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
]);

const OUT_OF_TIME = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** What a certificate tells, and whether it may be the issuer alone that is not known. */
export interface JudgedCertificate extends Pick<Ending, 'failure' | 'certificateNotAfterMs'> {
  readonly isIssuerUnknown: boolean;
}

/**
 * Judges what a server showed, after a handshake that refused nothing. With a pin its public key decides alone: not
 * name, issuer or date, so that a wrong clock cannot cut a PC off.
 */
export function judgeCertificate(socket: TLSSocket, host: string, pin: string | undefined): JudgedCertificate {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return { failure: 'TLS_FAILED', isIssuerUnknown: false };
  const endsAtMs = Date.parse(certificate.validTo);
  const shown = Number.isNaN(endsAtMs) ? {} : { certificateNotAfterMs: endsAtMs };
  if (pin !== undefined) {
    const isPinned = certificatePin(certificate) === pin;
    return { ...shown, ...(isPinned ? {} : { failure: 'MIDDLE_BOX' }), isIssuerUnknown: false };
  }
  if (socket.authorized) return { ...shown, isIssuerUnknown: false };
  // Node's types say Error; what is there is the code as text, or the message where OpenSSL has no code.
  const code = String(socket.authorizationError);
  return { ...shown, failure: failureOf(code, socket, host), isIssuerUnknown: UNKNOWN_ISSUER.has(code) };
}

function failureOf(code: string, socket: TLSSocket, host: string): AttemptFailure {
  if (OF_ANOTHER.has(code)) return 'MIDDLE_BOX';
  if (!OUT_OF_TIME.has(code)) return 'TLS_FAILED';
  // OpenSSL names one fault alone, and the date last: a portal's certificate of long ago must not pass for the target's.
  const isOfAnother = checkServerIdentity(host, socket.getPeerCertificate()) !== undefined;
  return isOfAnother ? 'MIDDLE_BOX' : 'CERTIFICATE_EXPIRED';
}
