import * as z from 'zod';

const volume = z.object({
  mount: z.string().max(256).describe('Mount point or drive letter'),
  isSystem: z.boolean().describe('The operating system lies on it'),
  method: z.enum(['luks1', 'luks2', 'plain-dm-crypt', 'bitlocker', 'filevault', 'zfs', 'none', 'unknown']),
  state: z
    .enum(['encrypted', 'encrypting', 'decrypting', 'suspended', 'not_encrypted', 'unknown'])
    .describe('`suspended`: encrypted, but the key lies open beside the data'),
});

/** Encryption of the fixed volumes. */
export const diskEncryption = z.object({
  volumes: z.array(volume).max(64).describe('Sorted by mount point; always holds the system volume'),
});
