import type { TLSSocket } from 'node:tls';
import { TramdoError } from '#shared/errors.ts';
import { certificatePin } from '../host/certificate-pin.ts';

/** What the other end of a TLS connection showed. */
export interface PeerFacts {
  /** SHA-256 of its public key (SubjectPublicKeyInfo, RFC 7469 section 2.4), base64url; `none` without a certificate. */
  readonly pin: string;
  /** Common name of the certificate; else its organisation, else empty. */
  readonly subject: string;
  /** The same of whoever issued it. */
  readonly issuer: string;
  /** Epoch milliseconds; NaN without a certificate. */
  readonly validFromMs: number;
  readonly validToMs: number;
  /** `TLSv1.3` … */
  readonly protocol: string;
  /** Why the CAs do not vouch for it (`SELF_SIGNED_CERT_IN_CHAIN` …); absent when they do. */
  readonly authorityError?: string;
}

/** Reads what a server showed; nothing is judged. */
export function peerFacts(socket: TLSSocket): PeerFacts {
  const certificate = socket.getPeerX509Certificate();
  const { authorizationError } = socket;
  // Node's types say Error; what is there is the code as text, or the message where OpenSSL has no code.
  const authorityError = socket.authorized ? undefined : String(authorizationError ?? 'UNKNOWN');
  return {
    pin: certificate === undefined ? 'none' : certificatePin(certificate),
    subject: nameIn(certificate?.subject),
    issuer: nameIn(certificate?.issuer),
    validFromMs: Date.parse(certificate?.validFrom ?? ''),
    validToMs: Date.parse(certificate?.validTo ?? ''),
    protocol: socket.getProtocol() ?? 'unknown',
    ...(authorityError === undefined ? {} : { authorityError }),
  };
}

/**
 * Accepts a server by its pin when there are pins, and by nothing else: not by name, CA or date, so that a wrong clock
 * cannot lock a PC out. Without pins the CAs decide.
 *
 * @returns PIN_MISMATCH or CERTIFICATE_UNTRUSTED with the words for whoever has to mend it; undefined when it is trusted
 */
export function judgePeer(facts: PeerFacts, pins: readonly string[], where: string): TramdoError | undefined {
  if (pins.length > 0) {
    if (pins.includes(facts.pin)) return undefined;
    const message =
      `Refused the server at ${where}: its certificate key has the pin "${facts.pin}", trusted is ` +
      `"${pins.join('" or "')}". It was issued by "${facts.issuer}": when that is a device that opens TLS on the way, ` +
      `ask whoever runs it to exempt ${where}; when the collector was set up anew, join again`;
    return new TramdoError('PIN_MISMATCH', message);
  }
  if (facts.authorityError === undefined) return undefined;
  const message =
    `Refused the server at ${where}: ${facts.authorityError}, its certificate was issued by "${facts.issuer}". When ` +
    `that is a device that opens TLS on the way, ask whoever runs it to exempt ${where}; when it is an authority of ` +
    'your own, join with --ca-file';
  return new TramdoError('CERTIFICATE_UNTRUSTED', message);
}

/** Longest name that is shown: what a stranger wrote into a certificate must not fill the screen. */
const MAX_NAME_LENGTH = 64;

/** The common name of a distinguished name as Node prints it (one attribute a line), without control characters. */
function nameIn(distinguishedName: string | undefined): string {
  const lines = (distinguishedName ?? '').split('\n');
  const value = (key: string) => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  const name = value('CN') ?? value('O') ?? lines[0] ?? '';
  return name.replaceAll(/[\p{C}"]/gu, ' ').slice(0, MAX_NAME_LENGTH);
}
