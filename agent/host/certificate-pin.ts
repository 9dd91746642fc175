import { createHash, type X509Certificate } from 'node:crypto';

/** The pin of a certificate: SHA-256 of its public key (SubjectPublicKeyInfo, RFC 7469 section 2.4), base64url. */
export function certificatePin(certificate: X509Certificate): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64url');
}
