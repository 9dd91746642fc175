import { hostname, networkInterfaces } from 'node:os';
import { readGivenTlsFiles, type Settings } from '../config.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { readNextPin } from './next-certificate.ts';
import { checkedTlsFiles, isSelfSigned, openOwnCertificate, pinOf, type TlsFiles } from './own-certificate.ts';

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

const WILDCARDS = ['0.0.0.0', '::'];

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
      ? await openOwnCertificate(folder, ownNames(settings), nowMs)
      : checkedTlsFiles(given, settings.tlsCertificate ?? '');
  const pin = pinOf(files.certificate);
  const planPins = [...new Set([pin, readNextPin(settings, folder) ?? pin])];
  return { files, planPins, ...(isSelfSigned(files.certificate) ? { pin } : {}) };
}

/** Addresses of this computer that others may reach, IPv4 first. */
export function reachableAddresses(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses
    .filter(({ internal, scopeid }) => !internal && (scopeid ?? 0) === 0)
    .toSorted((a, b) => (a.family < b.family ? -1 : 1))
    .map(({ address }) => address);
}

/** Tells whether a listener on a host takes connections to every address of the computer. */
export function isWildcard(host: string): boolean {
  return WILDCARDS.includes(host);
}

/** Names and addresses that the own certificate is for. */
export function ownNames({ addressEndpoint, listenEndpoint }: Settings): readonly string[] {
  const names = [
    addressEndpoint.host,
    listenEndpoint.host,
    hostname(),
    ...reachableAddresses(),
    'localhost',
    '127.0.0.1',
  ];
  return [...new Set(names)].filter((name) => !isWildcard(name) && /^[A-Za-z0-9.:-]{1,253}$/.test(name));
}
