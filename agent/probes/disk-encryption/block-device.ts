import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';

type Volume = Observation<'disk-encryption'>['volumes'][number];

/** How the bytes of a device lie on the disk. */
export type Encryption = Pick<Volume, 'method' | 'state'>;

/** What cannot be told. */
export const UNKNOWN_ENCRYPTION: Encryption = { method: 'unknown', state: 'unknown' };

const PLAIN: Encryption = { method: 'none', state: 'not_encrypted' };

/** Deepest stack of devices that is followed: partition, RAID, LVM, dm-crypt, multipath and some more. */
const MAX_DEPTH = 12;

/** dm-crypt's kinds by the beginning of a device's UUID (cryptsetup, `lib/internal.h`); others exist. */
const METHODS: readonly (readonly [prefix: string, method: Volume['method']])[] = [
  ['CRYPT-LUKS1-', 'luks1'],
  ['CRYPT-LUKS2-', 'luks2'],
  ['CRYPT-PLAIN-', 'plain-dm-crypt'],
  ['CRYPT-BITLK-', 'bitlocker'],
  ['CRYPT-', 'unknown'],
];

/** Layers of cryptsetup that check or carry bytes and do not encrypt them. */
const NOT_ENCRYPTING = /^CRYPT-(?:VERITY|INTEGRITY|SUBDEV)-/;

/**
 * Follows a block device down to the disks, by `/sys/class/block` (kernel documentation, sysfs-block).
 *
 * It is encrypted when it is a dm-crypt device itself, or when everything it lies on is; one plain disk below a
 * volume makes it not encrypted. What a disk does inside itself (OPAL) is not seen and counts for nothing.
 */
export async function readEncryption(host: Host, folder: string, depth = 0): Promise<Encryption> {
  // A container may see the number of a device and not the device: nothing is known of it then.
  if (depth > MAX_DEPTH || (await host.listDir(folder)) === undefined) return UNKNOWN_ENCRYPTION;
  const uuid = (await host.readText(`${folder}/dm/uuid`))?.trim() ?? '';
  const method = NOT_ENCRYPTING.test(uuid) ? undefined : METHODS.find(([prefix]) => uuid.startsWith(prefix))?.[1];
  if (method !== undefined) return { method, state: 'encrypted' };
  // A loop device lies on a file, whose disk is not named here.
  if ((await host.readText(`${folder}/loop/backing_file`)) !== undefined) return UNKNOWN_ENCRYPTION;
  const below = (await host.listDir(`${folder}/slaves`)) ?? [];
  return weakestOf(await Promise.all(below.map((name) => readEncryption(host, blockFolder(name), depth + 1))));
}

/** The least protected of the parts a volume consists of; without parts it is a plain disk or partition. */
export function weakestOf(parts: readonly Encryption[]): Encryption {
  const plain = parts.find(({ state }) => state === 'not_encrypted');
  const unknown = parts.find(({ state }) => state === 'unknown');
  return plain ?? unknown ?? parts[0] ?? PLAIN;
}

/** Folder of a block device by its name in the kernel. */
export function blockFolder(name: string): string {
  return `/sys/class/block/${name.replaceAll('/', '!')}`;
}
