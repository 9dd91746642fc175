// @peculiar/x509 wires itself up by reflection and refuses to load without it.
import 'reflect-metadata';
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
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
import { messageOf, TramdoError } from '#shared/errors.ts';
import type { DataFolder } from '../store/data-folder.ts';

/** What a TLS server shows and keeps, as PEM. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

const CERTIFICATE_FILE = 'tls/certificate.pem';
const KEY_FILE = 'tls/key.pem';

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

/**
 * Opens the collector's own certificate in the data folder and makes it on first start. The key stays as long as the
 * folder does, since the pin in every join string is made from it.
 *
 * @param names names and addresses under which it is reached
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export async function openOwnCertificate(
  folder: DataFolder,
  names: readonly string[],
  nowMs: number,
): Promise<TlsFiles> {
  const key = folder.read(KEY_FILE) ?? folder.keep(KEY_FILE, await createKey());
  const certificate =
    folder.read(CERTIFICATE_FILE) ?? folder.keep(CERTIFICATE_FILE, await createCertificate(key, names, nowMs));
  return checkedTlsFiles({ certificate, key }, folder.pathOf('tls'));
}

/**
 * Makes sure that a certificate and a key belong together.
 *
 * @param where what to name in the message
 * @throws {TramdoError} DATA_CORRUPT
 */
export function checkedTlsFiles(files: TlsFiles, where: string): TlsFiles {
  try {
    if (new X509Certificate(files.certificate).checkPrivateKey(createPrivateKey(files.key))) return files;
  } catch (error) {
    throw corrupt(where, messageOf(error), error);
  }
  throw corrupt(where, 'the key does not belong to the certificate');
}

/** SHA-256 of the certificate's public key (SubjectPublicKeyInfo, RFC 7469 section 2.4), base64url. */
export function pinOf(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64url');
}

/** Tells whether nobody but itself vouches for a certificate, so that only its pin can. */
export function isSelfSigned(certificate: string): boolean {
  const parsed = new X509Certificate(certificate);
  return parsed.issuer === parsed.subject && parsed.verify(parsed.publicKey);
}

async function createKey(): Promise<string> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

async function createCertificate(key: string, names: readonly string[], nowMs: number): Promise<string> {
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

function corrupt(where: string, why: string, cause?: unknown): TramdoError {
  return new TramdoError('DATA_CORRUPT', `Cannot use the certificate in "${where}": ${why}`, { cause });
}
