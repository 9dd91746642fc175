import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { messageOf, TramdoError } from '#shared/errors.ts';
import type { DataFolder } from '../store/data-folder.ts';

/** What a TLS server shows and keeps, as PEM. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Folder of the own certificate in use, in the data folder. */
export const CURRENT_FOLDER = 'tls';

/** Folder of the own certificate that will follow. */
export const NEXT_FOLDER = 'tls-next';

/** Names of certificate and key in one of these folders. */
export function tlsFileNames(folder: string): readonly [certificate: string, key: string] {
  return [`${folder}/certificate.pem`, `${folder}/key.pem`];
}

const [CERTIFICATE_FILE, KEY_FILE] = tlsFileNames(CURRENT_FOLDER);

/**
 * Opens the collector's own certificate in the data folder and makes it on first start. The key stays until it is
 * renewed, since the pin in every join string is made from it.
 *
 * @param names names and addresses under which it is reached
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export async function openOwnCertificate(
  folder: DataFolder,
  names: readonly string[],
  nowMs: number,
): Promise<TlsFiles> {
  finishSwitch(folder);
  const files = { certificate: folder.read(CERTIFICATE_FILE), key: folder.read(KEY_FILE) };
  return checkedTlsFiles(await completed(files, folder, { names, nowMs }), folder.pathOf('tls'));
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

/** A switch to the next certificate that was cut short has taken the old one away already; agents know the next one. */
function finishSwitch(folder: DataFolder): void {
  if (folder.read(CERTIFICATE_FILE) !== undefined || folder.read(KEY_FILE) !== undefined) return;
  const isNextWhole = tlsFileNames(NEXT_FOLDER).every((name) => folder.read(name) !== undefined);
  if (isNextWhole) folder.move(NEXT_FOLDER, CURRENT_FOLDER);
}

interface FoundFiles {
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

async function completed(
  found: FoundFiles,
  folder: DataFolder,
  { names, nowMs }: { readonly names: readonly string[]; readonly nowMs: number },
): Promise<TlsFiles> {
  if (found.certificate !== undefined && found.key !== undefined)
    return { certificate: found.certificate, key: found.key };
  // The library that writes certificates is large, and a collector needs it once in its life.
  const { createCertificate, createKey } = await import('./create-certificate.ts');
  const key = found.key ?? folder.keep(KEY_FILE, await createKey());
  const certificate = found.certificate ?? folder.keep(CERTIFICATE_FILE, await createCertificate(key, names, nowMs));
  return { certificate, key };
}

function corrupt(where: string, why: string, cause?: unknown): TramdoError {
  return new TramdoError('DATA_CORRUPT', `Cannot use the certificate in "${where}": ${why}`, { cause });
}
