import * as z from 'zod';
import { messageOf } from '#shared/errors.ts';
import { instant } from '#shared/instant.ts';
import { parseJson } from '#shared/parse-json.ts';
import { wallClockMs } from '../host/clock.ts';
import { readOwnFile, writeDurably } from '../host/durable-file.ts';
import { log } from '../log.ts';

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
  waitedAtMs: z.number().optional().describe('When a look was put off last, as the machine ran on battery'),
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
 * Reads a JSON file of the agent's own; a missing file gives the value of an empty one. So does a damaged one, which is
 * said in the log: what lies in these files is made anew by looking again.
 */
export function readState<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> {
  const text = readOwnFile(path);
  if (text === undefined) return schema.parse({});
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    log('warn', { file: path, err: messageOf(error).slice(0, 200) }, 'State file was damaged and begins anew');
    return schema.parse({});
  }
}

/** Tells whether a file is there and {@link readState} would begin anew with it. */
export function isDamaged(path: string, schema: z.ZodType): boolean {
  const text = readOwnFile(path);
  return text !== undefined && !schema.safeParse(parseJson(text)).success;
}

/**
 * Reads `state.json`. Of a damaged one the two counters are saved where they can still be read: a number that is given
 * twice would make the collector take a new report for one it has. Where they cannot, the count goes on from the
 * seconds since 1970, which no count of reports ever reaches.
 */
export function readAgentState(path: string): AgentState {
  const text = readOwnFile(path);
  const state = readState(path, agentState);
  if (text === undefined || !isDamaged(path, agentState)) return state;
  const saved = (name: string) => Number(new RegExp(`"${name}":([0-9]{1,12})[,}]`).exec(text)?.[1] ?? Number.NaN);
  const [lastSeq, attemptsThrough] = [saved('lastSeq'), saved('attemptsThrough')];
  return {
    ...state,
    lastSeq: Number.isNaN(lastSeq) ? Math.floor(wallClockMs() / 1_000) : lastSeq,
    attemptsThrough: Number.isNaN(attemptsThrough) ? 0 : attemptsThrough,
  };
}

/** Replaces a JSON file of the agent's own, durably. */
export function writeState(path: string, value: unknown): void {
  writeDurably(path, `${JSON.stringify(value)}\n`);
}
