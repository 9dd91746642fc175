import * as z from 'zod';
import { instant } from './instant.ts';
import { PROTOCOL_VERSION } from './protocol.ts';
import { reportedReceipt } from './reported-receipt.ts';

/** Id of a machine: UUIDv7 (RFC 9562 section 5.7), lower case. */
export const machineId = z.uuidv7().lowercase();

/** Id of a probe as a collector accepts it; ids it does not know are kept and counted. */
export const probeIdText = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

const failure = z.object({
  code: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,39}$/)
    .describe('Code of the error catalogue'),
  message: z.string().max(500).describe('What was tried and what happened'),
});

/**
 * What a report says of one probe: always the hash of its newest outcome and when it was looked at; the body
 * (`value` when the probe saw something, `failure` when it could not) only when the collector lacks it.
 */
export const reportedObservation = z
  .object({
    hash: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16}$/)
      .describe('contentHash() of value, or of {failure}'),
    observedAt: instant.describe("When the probe last looked, by the machine's clock"),
    value: z.unknown().optional(),
    failure: failure.optional(),
  })
  .refine((entry) => entry.value === undefined || entry.failure === undefined, 'has both a value and a failure');

/** Round-trip times of the successes of one window, in milliseconds. */
const rtt = z.object({
  minMs: z.number().nonnegative(),
  medianMs: z.number().nonnegative(),
  p95Ms: z.number().nonnegative(),
  maxMs: z.number().nonnegative(),
  histogram: z
    .record(z.string().regex(/^-?[0-9]{1,3}$/), z.int().positive())
    .describe('Successes by bucket of shared/rtt-histogram.ts'),
});

/** Most ways out of a machine that one report may speak of. */
const MAX_PATHS = 16;

/** Which way attempts left the machine; whether they speak for its agency is decided by the collector. */
export const networkPath = z.object({
  interface: z.string().max(64).describe('Name of the interface'),
  source: z.string().max(64).describe('Own address with the length of its prefix, CIDR notation'),
  gateway: z.string().max(64).optional().describe('Next hop; absent when the target is on the link itself'),
});

/** See {@link networkPath}. */
export type NetworkPath = z.infer<typeof networkPath>;

/** The attempts on one target of one network by one path since the report before. */
export const networkWindow = z.object({
  network: z.string().max(64),
  target: z.string().max(256),
  path: z
    .int()
    .nonnegative()
    .max(MAX_PATHS - 1)
    .optional()
    .describe('Index into `paths`; absent when there was no way out, so that nobody can tell where the machine was'),
  firstSlot: z.int().nonnegative().describe('Number of the first 5-minute slot: epoch milliseconds / 300,000'),
  slots: z
    .string()
    .regex(/^[10.]{1,10080}$/)
    .describe('One character a slot: 1 a success, 0 only failures, . not tried (the agent was not running)'),
  attempts: z.int().nonnegative(),
  successes: z.int().nonnegative(),
  rtt: rtt.optional(),
  lastFailure: z.string().max(64).optional().describe('Code of the newest failed attempt'),
  status: z.int().min(100).max(599).optional().describe('HTTP status of the newest answer; https targets only'),
  certificateNotAfter: instant.optional().describe('End of the newest certificate; https and beacon targets only'),
  receipts: z
    .array(reportedReceipt)
    .max(40)
    .optional()
    .describe('Newest receipt of the window, after an outage the newest of each day, oldest first; beacons only'),
  firstAt: instant,
  lastAt: instant,
});

/** One measurement of the throughput of a line; see the plan. */
export const lineSample = z.object({
  network: z.string().max(64),
  at: instant,
  bytes: z.int().positive().max(8_000_000),
  durationMs: z.number().positive(),
  path: networkPath.optional(),
});

/** See {@link lineSample}. */
export type LineSample = z.infer<typeof lineSample>;

/** What was lost to the bounds of the outbox since the report before. */
const dropped = z.object({
  reports: z.int().nonnegative(),
  observations: z.int().nonnegative().describe('Older states of a probe that gave way to newer ones'),
});

/**
 * The document an agent signs and sends. Fields this version does not know are ignored: a newer agent must be able to
 * talk to an older collector, and the signature covers the bytes, not the fields.
 */
export const report = z.object({
  protocol: z.literal(PROTOCOL_VERSION),
  machineId,
  seq: z.int().positive().describe('Grows by one with every report'),
  coversFromSeq: z.int().positive().optional().describe('First report whose content was merged into this one'),
  sentAt: instant.describe("When it was sent, by the machine's clock; the collector notes the difference to its own"),
  agentVersion: z.string().max(64),
  startedAt: instant.describe('When the agent last started'),
  observations: z.record(probeIdText, reportedObservation),
  paths: z.array(networkPath).max(MAX_PATHS).optional().describe('Ways out that the windows name'),
  networks: z.array(networkWindow).max(256),
  lineSamples: z.array(lineSample).max(40).optional(),
  dropped: dropped.optional(),
});

/** See {@link report}. */
export type Report = z.infer<typeof report>;

/** See {@link reportedObservation}. */
export type ReportedObservation = z.infer<typeof reportedObservation>;

/** See {@link networkWindow}. */
export type NetworkWindow = z.infer<typeof networkWindow>;

/** The collector's answer once the report is on its disk. */
export const reportAnswer = z.object({
  acceptedSeq: z.int().positive(),
  resend: z.array(probeIdText).describe('Probes whose body the collector lacks'),
  planVersion: z.string().max(64),
  serverTime: instant,
});

/** See {@link reportAnswer}. */
export type ReportAnswer = z.infer<typeof reportAnswer>;
