import { describe, expect, it } from 'vitest';
import { decodeEncryptableVolume } from '#agent/probes/disk-encryption/decode-encryptable-volume.ts';

const cases = [
  ['protected and wholly encrypted', { protection: 1, conversion: 1, method: 6 }, 'bitlocker', 'encrypted'],
  ['suspended', { protection: 0, conversion: 1, method: 7 }, 'bitlocker', 'suspended'],
  ['not encrypted', { protection: 0, conversion: 0, method: 0 }, 'none', 'not_encrypted'],
  ['being encrypted', { protection: 0, conversion: 2, method: 7 }, 'bitlocker', 'encrypting'],
  ['being encrypted and protected', { protection: 1, conversion: 2, method: 7 }, 'bitlocker', 'encrypting'],
  ['being decrypted', { protection: 0, conversion: 3, method: 7 }, 'bitlocker', 'decrypting'],
  ['paused while being encrypted', { protection: 0, conversion: 4, method: 7 }, 'bitlocker', 'encrypting'],
  ['paused while being decrypted', { protection: 0, conversion: 5, method: 7 }, 'bitlocker', 'decrypting'],
  ['locked', { protection: 2 }, 'unknown', 'unknown'],
  ['without an answer', {}, 'unknown', 'unknown'],
  ['protected, in a version that says no more', { protection: 1 }, 'bitlocker', 'encrypted'],
  ['open, in a version that says no more', { protection: 0 }, 'unknown', 'not_encrypted'],
  [
    'open without a method, in a version that names no conversion',
    { protection: 0, method: 0 },
    'none',
    'not_encrypted',
  ],
  ['open with a method, in a version that names no conversion', { protection: 0, method: 4 }, 'bitlocker', 'suspended'],
] as const;

describe('decodeEncryptableVolume()', () => {
  it.each(cases)('reads a volume that is %s', (_when, volume, method, state) => {
    expect(decodeEncryptableVolume(volume)).toEqual({ method, state });
  });
});
