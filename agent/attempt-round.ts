import type { PlanNetwork } from '#shared/plan.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkPath } from '#shared/report.ts';
import { distrustIntercepted } from './distrust-intercepted.ts';
import { attempt } from './host/attempts/attempt.ts';
import type { AttemptResult } from './host/attempts/attempt-result.ts';
import type { FindPath } from './path-finder.ts';
import type { AttemptEntry, RoundResult } from './uplink/attempt-log.ts';

/** Attempts under way at once: a round must not look like a scan. */
export const CONCURRENT = 6;

/** Longest wait for one target, in milliseconds: all of MOST_TARGETS (shared/plan.ts) take less than a minute. */
export const TIMEOUT_MS = 5_000;

/** Added to the time-out before an attempt that does not keep it is left to itself, in milliseconds. */
const GRACE_MS = 1_000;

/** What a round needs to know. */
export interface RoundOptions {
  readonly machineId: string;
  /** When the round begins, epoch milliseconds; the slot of every attempt in it, and of the nonce beacons are shown. */
  readonly atMs: number;
  readonly findPath: FindPath;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

/**
 * Tries every target of every network once, a few at a time, each with a hard time-out, and says which way each
 * attempt took.
 *
 * @returns one entry a target, in the order of the plan, and the paths they name; none when the agent stops
 */
export async function attemptRound(networks: readonly PlanNetwork[], options: RoundOptions): Promise<RoundResult> {
  const pairs = networks.flatMap((network) => network.targets.map((target) => ({ network, target })));
  const tried: Tried[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < pairs.length; index = next++) {
      const pair = pairs[index];
      if (pair === undefined || options.signal.aborted) return;
      tried[index] = await tryOne(pair.network, pair.target, options);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT, pairs.length) }, worker));
  return withPaths(tried);
}

interface Tried {
  readonly entry: AttemptEntry;
  readonly path: NetworkPath | undefined;
}

async function tryOne({ id, cidrs }: PlanNetwork, target: string, options: RoundOptions): Promise<Tried> {
  const { machineId, atMs, findPath, signal, timeoutMs = TIMEOUT_MS } = options;
  const nonceParts = { machineId, network: id, slot: Math.floor(atMs / SLOT_MS) };
  const { source, towards, ...result } = await orTimedOut(
    attempt(target, { timeoutMs, signal, cidrs, nonceParts }),
    timeoutMs + GRACE_MS,
  );
  const rounded = 'rttMs' in result ? { ...result, rttMs: Math.round(result.rttMs * 10) / 10 } : result;
  // A target that could not even be tried took no way.
  const isTried = !('failure' in result) || result.failure !== 'NOT_PERMITTED';
  const way = { ...(source === undefined ? {} : { source }), ...(towards === undefined ? {} : { towards }) };
  return { entry: { network: id, target, ...rounded }, path: isTried ? await findPath(way) : undefined };
}

/** For what keeps no time-out of its own: a program that cannot be ended, a resolver that hangs in the system. */
function orTimedOut(result: Promise<AttemptResult>, timeoutMs: number): Promise<AttemptResult> {
  const { promise, resolve } = Promise.withResolvers<AttemptResult>();
  const timer = setTimeout(resolve, timeoutMs, { failure: 'TIMED_OUT' });
  return Promise.race([result, promise]).finally(() => clearTimeout(timer));
}

function withPaths(tried: readonly Tried[]): RoundResult {
  const paths: NetworkPath[] = [];
  const indexes = new Map<string, number>();
  const entries = tried.map(({ entry, path }) => {
    if (path === undefined) return entry;
    const key = JSON.stringify(path);
    const index = indexes.get(key) ?? paths.push(path) - 1;
    indexes.set(key, index);
    return { ...entry, path: index };
  });
  return { entries: distrustIntercepted(entries), ...(paths.length === 0 ? {} : { paths }) };
}
