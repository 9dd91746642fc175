import * as z from 'zod';
import { instant } from '#shared/instant.ts';
import { readOwnFile, removePath, writeDurably } from './host/durable-file.ts';
import { backOffMs } from './uplink/back-off.ts';

const pendingJoin = z.object({
  joinString: z.string().describe('Holds a token: the file is readable by the account of the agent alone'),
  proxy: z.string().optional().describe('URL of a proxy or `none`, as `join` was given it'),
  caFile: z.string().optional(),
  isJoinAgain: z.boolean().default(false).describe('Takes the place of an identity that is there'),
  requestedAt: instant,
  attemptCount: z.int().nonnegative().default(0),
  notBefore: instant.optional().describe('Not tried before'),
  lastFailure: z
    .object({ at: instant, code: z.string(), message: z.string(), isFinal: z.boolean() })
    .optional()
    .describe('Why the newest attempt failed; final: asking again will not help'),
});

/**
 * A join string that is kept until the collector has taken the machine: installations by group policy run while the
 * PC starts, often before it has a network.
 */
export type PendingJoin = z.infer<typeof pendingJoin>;

/** How an attempt failed. */
export interface JoinFailure {
  /** Code of shared/errors.ts, or the one the collector answered with. */
  readonly code: string;
  readonly message: string;
  /** The collector refused for a reason that does not mend by itself: a token that is unknown, expired or used up. */
  readonly isFinal: boolean;
  /** What the collector asked for with Retry-After; 0 without. */
  readonly retryAfterMs: number;
}

/** Wait after a refusal that is final, in milliseconds: somebody may still make the token valid, or the clock right. */
const FINAL_WAIT_MS = 86_400_000 / 1.5;

/** Reads it; undefined when none waits or the file is damaged (whoever installs gives the join string again). */
export function readPendingJoin(path: string): PendingJoin | undefined {
  const text = readOwnFile(path);
  if (text === undefined) return undefined;
  try {
    return pendingJoin.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Keeps it, durably. */
export function writePendingJoin(path: string, value: PendingJoin): void {
  writeDurably(path, `${JSON.stringify(value)}\n`);
}

/** Forgets it: the machine has joined, or left. */
export function removePendingJoin(path: string): void {
  removePath(path);
}

/**
 * The same join string after one more attempt that failed: the next one comes after 5 seconds to 15 minutes, or about
 * once a day when the refusal is final, each spread by chance.
 *
 * @param chance a number from 0 to 1
 */
export function afterFailure(
  pending: PendingJoin,
  failure: JoinFailure,
  { nowMs, chance }: { readonly nowMs: number; readonly chance: number },
): PendingJoin {
  const attemptCount = pending.attemptCount + 1;
  const atLeastMs = failure.isFinal ? FINAL_WAIT_MS : failure.retryAfterMs;
  const waitMs = backOffMs(Math.min(attemptCount, 30), atLeastMs, chance);
  const { code, message, isFinal } = failure;
  return {
    ...pending,
    attemptCount,
    notBefore: new Date(nowMs + waitMs).toISOString(),
    lastFailure: { at: new Date(nowMs).toISOString(), code, message: message.slice(0, 500), isFinal },
  };
}

/** Tells whether a failure is another one than that of the attempt before, so that it is worth a line in the log. */
export function isNewFailure(before: PendingJoin, after: PendingJoin): boolean {
  return before.lastFailure?.code !== after.lastFailure?.code;
}
