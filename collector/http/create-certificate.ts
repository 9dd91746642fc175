// @peculiar/x509 wires itself up by reflection and refuses to load without it.
import 'reflect-metadata';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** `serverAuth`, RFC 5280 section 4.2.1.12. */
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/**
 * Ten years: agents trust the key by its pin and not the dates, and nobody is there to renew it. Shorter would only
 * make browsers and Prometheus fail on a day that nobody expects.
 */
const VALID_MS = 10 * 365 * 86_400_000;

/** A day back, for clocks that are a little behind. */
const LEAD_MS = 86_400_000;

/** Makes a P-256 key, as PKCS 8 in PEM. */
export async function createKey(): Promise<string> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

/**
 * Makes a certificate that nobody but its own key vouches for, in PEM.
 *
 * @param key private key, PEM
 * @param names host names and addresses it is for; the first one becomes the common name
 */
export async function createCertificate(key: string, names: readonly string[], nowMs: number): Promise<string> {
  const [commonName = 'tramdo'] = names;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName.slice(0, 64)] }],
    notBefore: new Date(nowMs - LEAD_MS),
    notAfter: new Date(nowMs + VALID_MS),
    signingAlgorithm: ALGORITHM,
    keys: await keyPairOf(key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([SERVER_AUTH]),
      new SubjectAlternativeNameExtension(names.map(generalName)),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

function generalName(name: string): JsonGeneralName {
  return { type: isIP(name) === 0 ? 'dns' : 'ip', value: name };
}

async function keyPairOf(key: string): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const pkcs8 = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), ALGORITHM, true, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', new Uint8Array(spki), ALGORITHM, true, ['verify']),
  };
}
