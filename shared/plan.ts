import * as z from 'zod';
import { instant } from './instant.ts';

/** Lengths an interval may have, in seconds: each divides a minute, an hour or a day, so that a grid stays a grid. */
export const INTERVAL_SECONDS = [
  1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
] as const;

const intervalMs = z.int().refine((ms) => INTERVAL_SECONDS.some((seconds) => seconds * 1_000 === ms), {
  error: `must be one of ${INTERVAL_SECONDS.join(', ')} seconds, in milliseconds`,
});

/** How often an agent does what. */
export const intervals = z.strictObject({
  attemptsMs: intervalMs.describe('Between two rounds of attempts on the network targets, in milliseconds'),
  reportMs: intervalMs.describe('Between two reports, in milliseconds'),
  inventoryMs: intervalMs.describe('Largest age of an observation before its probe looks again, in milliseconds'),
});

/** Kinds of network; the agent treats them alike, the indicators do not. */
export const NETWORK_KINDS = ['lan', 'wan', 'tslcd', 'internet'] as const;

/** Most targets of all networks together: a round of attempts must not look like a scan. */
export const MOST_TARGETS = 64;

/** A network and how to see whether it answers; kinds of target that an agent does not know, it does not try. */
export const planNetwork = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  kind: z.enum(NETWORK_KINDS),
  targets: z.array(z.string().max(256)).min(1).max(8).describe('Forms of shared/network-target.ts'),
  cidrs: z
    .array(z.string().max(64))
    .max(64)
    .optional()
    .describe('Address ranges of the network; an answer from elsewhere is none. Absent when any address will do'),
  isMetered: z.boolean().optional().describe('Traffic costs money'),
  isLimited: z.boolean().optional().describe('The line is too weak or too busy for a measurement of its capacity'),
});

/** See {@link planNetwork}. */
export type PlanNetwork = z.infer<typeof planNetwork>;

/** How a product that protects against malware shows itself on a machine; fields of newer collectors are ignored. */
export const productHint = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: z.string().max(100),
  processes: z.array(z.string().max(100)).max(16).default([]).describe('Names of its running processes'),
  services: z.array(z.string().max(100)).max(16).default([]).describe('systemd units or Windows services'),
  paths: z.array(z.string().max(256)).max(16).default([]).describe('Files that are there when it is installed'),
  securityCenterNames: z
    .array(z.string().min(1).max(100))
    .max(16)
    .optional()
    .describe('How its name begins in Windows Security Center; upper and lower case are the same'),
});

/** See {@link productHint}. */
export type ProductHint = z.infer<typeof productHint>;

/** What the collector asks of an agent; signed, so that nobody on the way can change it. */
export const plan = z.object({
  version: z.string().max(64).describe('Hash of the content; the answer to every report names the current one'),
  issuedAt: instant,
  intervals,
  networks: z.array(planNetwork).max(32),
  products: z.array(productHint).max(128),
  lineSample: z
    .object({
      network: planNetwork.shape.id,
      target: z.string().max(256).describe('The beacon of that network'),
      bytes: z.int().positive().max(8_000_000).describe('Size of one sample, in bytes; at most one a day'),
      fromHour: z.int().min(0).max(23).describe('First hour of the night, Asia/Ho_Chi_Minh'),
      toHour: z.int().min(0).max(23).describe('Hour in which the night has ended, Asia/Ho_Chi_Minh'),
    })
    .optional()
    .describe('Capacity of lines is measured, by a machine that asked for the turn; absent by default'),
  release: z
    .object({ version: z.string().max(64) })
    .optional()
    .describe('Release of the agent that is offered now, to one machine after another; absent when none is'),
  pins: z
    .array(z.string().length(43))
    .max(2)
    .describe('The pin in use and the next one; an agent that joined without a pin ignores them'),
});

/** See {@link plan}. */
export type Plan = z.infer<typeof plan>;
