import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import { windowsNumber, windowsText } from '../windows-values.ts';

/** One volume of the class Win32_EncryptableVolume, as the disk-encryption section gives it. */
export const encryptableVolume = z.object({
  drive: windowsText,
  kind: windowsNumber.describe('VolumeType: 0 system, 1 fixed, 2 removable; absent on old versions'),
  protection: windowsNumber.describe('ProtectionStatus'),
  conversion: windowsNumber.describe('ConversionStatus; absent on old versions'),
  method: windowsNumber.describe('EncryptionMethod: 0 is none; absent on old versions'),
});

/** See {@link encryptableVolume}. */
export type EncryptableVolume = Partial<z.infer<typeof encryptableVolume>>;

type Encryption = Pick<Observation<'disk-encryption'>['volumes'][number], 'method' | 'state'>;

/** ProtectionStatus: the key is kept by a protector. 0 is that it is not, 2 that the volume is locked. */
const PROTECTED = 1;
const UNPROTECTED = 0;

/** ConversionStatus; a paused conversion goes on some day and has not ended. */
const CONVERSIONS = ['decrypted', 'encrypted', 'encrypting', 'decrypting', 'encrypting', 'decrypting'] as const;

/**
 * Decodes how a volume is encrypted by BitLocker or device encryption.
 *
 * A wholly encrypted volume without protection (suspended, or device encryption that waits for its owner to sign in)
 * holds its key in the clear: whoever takes the disk reads it, so it is `suspended` and not `encrypted`. A locked
 * volume (ProtectionStatus 2) says nothing of itself and is `unknown`. Encryption by other makers is not seen: to
 * Windows such a volume is not encrypted.
 */
export function decodeEncryptableVolume({ protection, conversion, method }: EncryptableVolume): Encryption {
  const converted = conversion === undefined ? undefined : CONVERSIONS[conversion];
  if (converted === 'encrypting' || converted === 'decrypting') return { method: 'bitlocker', state: converted };
  if (converted === 'decrypted') return { method: 'none', state: 'not_encrypted' };
  if (protection === PROTECTED) return { method: 'bitlocker', state: 'encrypted' };
  if (protection !== UNPROTECTED) return { method: 'unknown', state: 'unknown' };
  if (converted === 'encrypted') return { method: 'bitlocker', state: 'suspended' };
  if (method === 0) return { method: 'none', state: 'not_encrypted' };
  return method === undefined
    ? { method: 'unknown', state: 'not_encrypted' }
    : { method: 'bitlocker', state: 'suspended' };
}
