import { messageOf, TramdoError } from '#shared/errors.ts';
import { readNextCertificate, type Settings } from '../config.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { CURRENT_FOLDER, checkedTlsFiles, NEXT_FOLDER, pinOf, tlsFileNames } from './own-certificate.ts';

/** Says since when agents have been told the pin of the own next certificate, as an instant. */
const ANNOUNCED_FILE = `${NEXT_FOLDER}/announced-at`;

/** The certificate before the one in use, kept so that a switch can be taken back by hand. */
const PREVIOUS_FOLDER = 'tls-previous';

/**
 * Pin of the certificate that will follow the one in use: of the settings, or of the own one that
 * {@link makeNextCertificate} made; undefined when nothing is planned.
 *
 * @throws {TramdoError} CONFIG_INVALID, DATA_CORRUPT
 */
export function readNextPin(settings: Settings, folder: DataFolder): string | undefined {
  if (settings.tlsNextPin !== undefined) return settings.tlsNextPin;
  const given = readNextCertificate(settings);
  if (given !== undefined) return pinOfGiven(given);
  return settings.tlsCertificate === undefined ? ownNextPin(folder) : undefined;
}

/** Pin of the own next certificate; undefined when there is none. */
export function ownNextPin(folder: DataFolder): string | undefined {
  const [certificate] = tlsFileNames(NEXT_FOLDER).map((name) => folder.read(name));
  return certificate === undefined ? undefined : pinOf(certificate);
}

/**
 * Makes key and certificate that will follow the own ones; what was made before stays.
 *
 * @param names names and addresses under which the collector is reached
 * @returns the pin
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export async function makeNextCertificate(
  folder: DataFolder,
  names: readonly string[],
  nowMs: number,
): Promise<string> {
  const { createCertificate, createKey } = await import('./create-certificate.ts');
  const [certificateFile, keyFile] = tlsFileNames(NEXT_FOLDER);
  // The key first: a certificate without its key would be announced and could never be taken into use.
  const key = folder.keep(keyFile, await createKey());
  const certificate = folder.keep(certificateFile, await createCertificate(key, names, nowMs));
  return pinOf(checkedTlsFiles({ certificate, key }, folder.pathOf(NEXT_FOLDER)).certificate);
}

/** Notes when the pin of the own next certificate was told to agents for the first time. */
export function noteAnnounced(folder: DataFolder, nowMs: number): void {
  if (ownNextPin(folder) !== undefined) folder.keep(ANNOUNCED_FILE, `${new Date(nowMs).toISOString()}\n`);
}

/** When the own next certificate was announced first, epoch milliseconds; undefined when it never was. */
export function announcedAtMs(folder: DataFolder): number | undefined {
  const text = folder.read(ANNOUNCED_FILE);
  return text === undefined ? undefined : Date.parse(text.trim());
}

/**
 * Takes the own next certificate into use; a collector shows it from its next start on. A crash in between is made
 * good at that start (see {@link openOwnCertificate}).
 *
 * @throws {TramdoError} DATA_CORRUPT when key and certificate do not belong together, DATA_FOLDER_UNUSABLE
 */
export function switchCertificate(folder: DataFolder): void {
  const [certificate = '', key = ''] = tlsFileNames(NEXT_FOLDER).map((name) => folder.read(name));
  checkedTlsFiles({ certificate, key }, folder.pathOf(NEXT_FOLDER));
  folder.remove(PREVIOUS_FOLDER);
  folder.move(CURRENT_FOLDER, PREVIOUS_FOLDER);
  folder.move(NEXT_FOLDER, CURRENT_FOLDER);
}

function pinOfGiven(certificate: string): string {
  try {
    return pinOf(certificate);
  } catch (error) {
    throw new TramdoError(
      'CONFIG_INVALID',
      `Cannot read the certificate of "tlsNextCertificate": ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}
