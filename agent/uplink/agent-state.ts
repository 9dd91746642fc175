import * as z from 'zod';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { instant } from '#shared/report.ts';
import { readOwnFile, writeDurably } from '../host/durable-file.ts';

/** What the agent remembers between two reports. */
export const agentState = z.object({
  lastSeq: z.int().nonnegative().default(0).describe('Number of the newest report that was put into the outbox'),
  knownHashes: z
    .record(z.string(), z.string())
    .default({})
    .describe('By probe id: hash of the newest body that was acknowledged or waits in the outbox'),
  attemptsThrough: z.int().nonnegative().default(0).describe('Newest round of attempts that is in a report'),
  lastAcknowledged: z.object({ seq: z.int(), at: instant }).optional(),
  lastFailure: z.object({ at: instant, code: z.string(), message: z.string() }).optional(),
  failuresInARow: z.int().nonnegative().default(0).describe('Sendings that failed since the last acknowledgement'),
  notBefore: instant.optional().describe('Nothing is sent before: back-off, or Retry-After of the collector'),
  isWaitOrdered: z.boolean().default(false).describe('The collector asked for the wait, so that nobody may skip it'),
  refusedReports: z.int().nonnegative().default(0),
  planVersion: z.string().optional().describe('Version the collector named last'),
  droppedReports: z.int().nonnegative().default(0).describe('Lost to the bounds of the outbox, not reported yet'),
  droppedObservations: z.int().nonnegative().default(0),
});

/** See {@link agentState}. */
export type AgentState = z.infer<typeof agentState>;

const cachedOutcome = z.object({
  hash: z.string(),
  observedAtMs: z.number(),
  value: z.unknown().optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
  watched: z.string().optional().describe('State of the watched paths when the probe looked'),
});

/** Newest outcome of every probe, by id. */
export const outcomeCache = z.record(z.string(), cachedOutcome);

/** See {@link outcomeCache}. */
export type OutcomeCache = z.infer<typeof outcomeCache>;

/** Strikes as they lie on disk; see strikes.ts. */
export const strikesFile = z.record(
  z.string(),
  z.object({ count: z.int(), reason: z.string(), restsUntilMs: z.number().optional() }),
);

/**
 * Reads a JSON file of the agent's own; a missing file gives the value of an empty one.
 *
 * @throws {TramdoError} DATA_CORRUPT when the file is not what it should be
 */
export function readState<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> {
  const text = readOwnFile(path);
  if (text === undefined) return schema.parse({});
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new TramdoError('DATA_CORRUPT', `Cannot use "${path}": ${messageOf(error).slice(0, 200)}`, { cause: error });
  }
}

/** Replaces a JSON file of the agent's own, durably. */
export function writeState(path: string, value: unknown): void {
  writeDurably(path, `${JSON.stringify(value)}\n`);
}
