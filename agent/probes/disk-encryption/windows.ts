import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsList } from '../windows-values.ts';
import { decodeEncryptableVolume, encryptableVolume } from './decode-encryptable-volume.ts';

/** Most volumes the schema carries. */
const MAX_VOLUMES = 64;

/** VolumeType of Win32_EncryptableVolume: a stick or a card. */
const REMOVABLE = 2;

const section = z.object({
  systemDrive: z.string().regex(/^[A-Za-z]:$/),
  volumes: windowsList(encryptableVolume, 256),
});

/**
 * Reads how the fixed volumes of a Windows machine are encrypted by BitLocker or device encryption; removable ones and
 * those without a drive letter are left out.
 *
 * Windows answers administrators only, and some editions not at all: the system volume is `unknown` then, as it is when
 * it is not listed (a file system BitLocker cannot encrypt).
 *
 * @throws {TramdoError} those of {@link readWindowsSection}
 */
export async function readWindowsDiskEncryption(host: Host): Promise<Observation<'disk-encryption'>> {
  const { systemDrive, volumes: listed } = await readWindowsSection(host, 'disk-encryption', section);
  const system = systemDrive.toUpperCase();
  const volumes = listed
    .flatMap(({ drive, ...volume }) => (drive === undefined ? [] : [{ ...volume, drive: drive.toUpperCase() }]))
    .filter(({ drive, kind }) => drive === system || kind !== REMOVABLE)
    .map((volume) => ({ mount: volume.drive, isSystem: volume.drive === system, ...decodeEncryptableVolume(volume) }));
  const unseen = { mount: system, isSystem: true, method: 'unknown', state: 'unknown' } as const;
  const whole = volumes.some(({ isSystem }) => isSystem) ? volumes : [unseen, ...volumes];
  return { volumes: whole.toSorted((left, right) => (left.mount < right.mount ? -1 : 1)).slice(0, MAX_VOLUMES) };
}
