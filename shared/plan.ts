import * as z from 'zod';
import { instant } from './report.ts';

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

/** `tcp://host:port`, `https://host[:port]/path`, `icmp://host` or `dns://name`. */
export const networkTarget = z
  .string()
  .max(256)
  .refine(isNetworkTarget, 'must be tcp://host:port, https://…, icmp://host or dns://name');

/** A network and how to see whether it answers. */
export const planNetwork = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  kind: z.enum(NETWORK_KINDS),
  targets: z.array(networkTarget).min(1).max(8),
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

function isNetworkTarget(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.hostname === '' || url.username !== '' || url.hostname.includes('*')) return false;
  if (url.protocol === 'tcp:') return url.port !== '';
  return url.protocol === 'https:' || url.protocol === 'icmp:' || url.protocol === 'dns:';
}
