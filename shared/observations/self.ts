import * as z from 'zod';
import { instant } from '../instant.ts';

/** What the agent says of itself. */
export const self = z.object({
  agentVersion: z.string().max(64),
  runtime: z.string().max(64).describe('Version of Node'),
  mode: z.enum(['resident', 'scheduled', 'once']),
  fingerprint: z.string().max(64).describe('SHA-256 over stable hardware ids, base64url'),
  residentMemoryBytes: z.int().nonnegative().optional().describe('Memory of the resident process, to whole MiB'),
  queuedReportCount: z.int().nonnegative().describe('Reports waiting in the outbox beside this one, to a power of two'),
  refusedReportCount: z.int().nonnegative().describe('Reports the collector refused since the agent joined'),
  update: z
    .object({
      onTrial: z.string().max(64).optional().describe('Version that runs and has not proved itself yet'),
      failed: z
        .object({ version: z.string().max(64), reason: z.string().max(200) })
        .optional()
        .describe('Newest version that was refused or gone back from'),
    })
    .optional()
    .describe('Self-update; absent when there is nothing to say'),
  restingProbes: z
    .array(z.object({ id: z.string().max(40), until: instant, reason: z.string().max(200) }))
    .max(64)
    .describe('Probes that failed three times in a row and rest'),
});
