import * as z from 'zod';

const setting = z.enum(['on', 'off', 'not_applicable', 'unknown']);

/** Settings that make a machine harder to attack. */
export const hardening = z.object({
  smb1: setting.describe('SMB 1 is offered; `not_applicable` without a file server or client of the system'),
  autorun: setting.describe('Removable media start programs by themselves, or Windows offers to (AutoPlay)'),
  screenLock: setting.describe('The session locks after a while; `not_applicable` without a desktop'),
  screenLockAfterSeconds: z.int().nonnegative().optional().describe('Idle time until the lock, in seconds'),
  lockoutThreshold: z
    .int()
    .nonnegative()
    .max(999)
    .optional()
    .describe(
      'Failed logons until an account is locked, 0 = never; absent when not known. Windows, set by policy only',
    ),
  tpm: setting.optional().describe('A TPM is there and enabled; `not_applicable` when the system sees none'),
  tpmVersion: z.string().max(16).optional().describe('Version of its specification, 1.2 or 2.0'),
  secureBoot: setting.optional().describe('Only signed systems start; `not_applicable` when started by a BIOS'),
  rootPasswordLogin: setting.optional().describe('Root may log in over SSH with a password; Linux only'),
});
