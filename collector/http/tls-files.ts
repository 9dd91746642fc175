import { readGivenTlsFiles, type Settings } from '../config.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { readNextPin } from './next-certificate.ts';
import { checkedTlsFiles, isSelfSigned, openOwnCertificate, pinOf, type TlsFiles } from './own-certificate.ts';
import { ownNames } from './own-names.ts';

/** How the collector shows who it is. */
export interface TlsIdentity {
  readonly files: TlsFiles;
  /** Pin for join strings; absent when a certification authority vouches for the certificate. */
  readonly pin?: string;
  /**
   * Pins for the plan, the one in use first. They are there for a certificate of an authority as well: agents that
   * joined by a pin go on with pins when the collector changes to such a certificate; the others ignore them.
   */
  readonly planPins: readonly string[];
}

/**
 * The certificate the collector speaks TLS with: the given one, or its own.
 *
 * @returns undefined when it speaks plain HTTP
 * @throws {TramdoError} CONFIG_INVALID, DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export async function openTlsIdentity(
  settings: Settings,
  folder: DataFolder,
  nowMs: number,
): Promise<TlsIdentity | undefined> {
  if (!settings.usesTls) return undefined;
  const given = readGivenTlsFiles(settings);
  const files =
    given === undefined
      ? await openOwnCertificate(folder, ownNames([settings.addressEndpoint.host, settings.listenEndpoint.host]), nowMs)
      : checkedTlsFiles(given, settings.tlsCertificate ?? '');
  const pin = pinOf(files.certificate);
  const planPins = [...new Set([pin, readNextPin(settings, folder) ?? pin])];
  return { files, planPins, ...(isSelfSigned(files.certificate) ? { pin } : {}) };
}
