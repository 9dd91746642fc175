import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A key and a certificate for it that nobody else signed, both PEM. */
export interface LoopbackCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes a certificate for a name or address, valid from a minute before `nowMs` to so many milliseconds after it. */
export async function makeLoopbackCertificate(
  subject: { readonly type: 'dns' | 'ip'; readonly value: string },
  nowMs: number,
  lifetimeMs = 3_600_000,
): Promise<LoopbackCertificate> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=loopback',
    notBefore: new Date(nowMs - 60_000),
    notAfter: new Date(nowMs + lifetimeMs),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension([subject])],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), cert: certificate.toString('pem') };
}
