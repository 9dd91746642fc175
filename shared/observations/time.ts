import * as z from 'zod';

/** The clock and what sets it. */
export const time = z.object({
  service: z.enum(['chrony', 'ntpd', 'systemd-timesyncd', 'w32time', 'timed', 'hypervisor', 'none', 'unknown']),
  source: z.string().max(128).optional().describe('Server or reference clock in use; absent when not known'),
  isSynchronised: z.boolean().optional().describe("The system's own word; absent when it does not say"),
  offsetSeconds: z
    .int()
    .optional()
    .describe('How far the service holds the clock to be off, in whole seconds; absent when it does not say'),
  timeZone: z.string().max(64).optional().describe('IANA name'),
});
