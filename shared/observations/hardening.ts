import * as z from 'zod';

const setting = z.enum(['on', 'off', 'not_applicable', 'unknown']);

/** Settings that make a machine harder to attack. */
export const hardening = z.object({
  smb1: setting.describe('SMB 1 is offered; `not_applicable` without a file server or client of the system'),
  autorun: setting.describe('Removable media start programs by themselves'),
  screenLock: setting.describe('The session locks after a while; `not_applicable` without a desktop'),
  screenLockAfterSeconds: z.int().nonnegative().optional().describe('Idle time until the lock, in seconds'),
  rootPasswordLogin: setting.optional().describe('Root may log in over SSH with a password; Linux only'),
});
