import * as z from 'zod';
import { instant } from '../instant.ts';

/** How current the system's own packages are. */
export const updates = z.object({
  source: z.enum(['apt', 'dnf', 'zypper', 'windows-update', 'softwareupdate', 'unknown']),
  lastInstalledAt: instant.optional().describe('Newest successful installation of updates; absent when not known'),
  lastCheckedAt: instant.optional().describe('Newest successful look for updates; absent when not known'),
  pendingCount: z.int().nonnegative().optional().describe('Updates offered and not installed; absent when not known'),
  pendingSecurityCount: z.int().nonnegative().optional().describe('Those of them that mend security'),
  isRebootNeeded: z.boolean().optional().describe('Installed updates wait for a restart; absent when not known'),
  server: z.string().max(256).optional().describe('Update server of the organisation (WSUS); absent without one'),
  countedFrom: z.string().max(64).optional().describe('State of the package lists that pendingCount was counted from'),
});
