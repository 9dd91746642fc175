import type { PlanNetwork } from '#shared/plan.ts';
import { attempt } from './host/attempts/attempt.ts';
import type { AttemptEntry } from './uplink/attempt-log.ts';

/** Attempts under way at once: a round must not look like a scan. */
const CONCURRENT = 6;

/** Longest wait for one target, in milliseconds. */
const TIMEOUT_MS = 5_000;

/**
 * Tries every target of every network once, a few at a time, each with a hard time-out.
 *
 * @returns one entry a target, in the order of the plan
 */
export async function attemptRound(
  networks: readonly PlanNetwork[],
  signal: AbortSignal,
): Promise<readonly AttemptEntry[]> {
  const pairs = networks.flatMap(({ id, targets }) => targets.map((target) => ({ network: id, target })));
  const entries: AttemptEntry[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < pairs.length; index = next++) {
      const pair = pairs[index];
      if (pair === undefined || signal.aborted) return;
      const result = await attempt(pair.target, { timeoutMs: TIMEOUT_MS, signal });
      entries[index] = { ...pair, ...('rttMs' in result ? { rttMs: Math.round(result.rttMs * 10) / 10 } : result) };
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT, pairs.length) }, worker));
  return entries;
}
