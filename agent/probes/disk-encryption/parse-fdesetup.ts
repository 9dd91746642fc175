import type { Observation } from '#shared/observations/index.ts';

/** Method and state of a volume. */
export type FileVault = Pick<Observation<'disk-encryption'>['volumes'][number], 'method' | 'state'>;

/**
 * Reads `fdesetup status` (fdesetup(8)), English on every system: `FileVault is On.`, `FileVault is Off.`, and
 * `Encryption in progress` or `Decryption in progress` behind it while the disk is being rewritten.
 *
 * What will come into force with the next restart is not in force, and what a restart must finish is `unknown`. Disks of newer Macs are always encrypted, but
 * without FileVault they open without a password, which protects nobody: `not_encrypted`. Any other text is `unknown`.
 */
export function parseFdesetup(printed: string): FileVault {
  if (/^Encryption in progress/m.test(printed)) return { method: 'filevault', state: 'encrypting' };
  if (/^Decryption in progress/m.test(printed)) return { method: 'filevault', state: 'decrypting' };
  if (/^FileVault is On\.\s*$/m.test(printed)) return { method: 'filevault', state: 'encrypted' };
  if (/^FileVault is On, but needs to be restarted/m.test(printed)) return { method: 'filevault', state: 'unknown' };
  if (/^FileVault is Off\b/m.test(printed)) return { method: 'none', state: 'not_encrypted' };
  return { method: 'unknown', state: 'unknown' };
}
