import * as z from 'zod';
import { plan } from './plan.ts';
import { machineId } from './report.ts';
import { publicJwk } from './signature.ts';

/** Operating systems an agent runs on, by Node's own names. */
export const PLATFORMS = ['linux', 'win32', 'darwin'] as const;

/** One of {@link PLATFORMS}. */
export type Platform = (typeof PLATFORMS)[number];

/** What a machine sends to become known. */
export const enrolmentRequest = z.strictObject({
  token: z.string().min(16).max(128).describe("The agency's join token"),
  publicKey: publicJwk,
  fingerprint: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .describe('SHA-256 over stable hardware ids, base64url'),
  hostname: z.string().min(1).max(255),
  platform: z.enum(PLATFORMS),
  agentVersion: z.string().max(64),
});

/** See {@link enrolmentRequest}. */
export type EnrolmentRequest = z.infer<typeof enrolmentRequest>;

/** What it gets back. */
export const enrolmentAnswer = z.object({
  machineId,
  agencyCode: z.string().max(35),
  collectorKey: publicJwk.describe('Verifies the signature of plans'),
  plan,
});

/** See {@link enrolmentAnswer}. */
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswer>;
