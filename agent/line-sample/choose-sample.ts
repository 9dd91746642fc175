import { isAtNight, type LineSampleTerms, SAMPLE_PAUSE_MS } from '#shared/line-sample-night.ts';
import { type NetworkTarget, parseNetworkTarget } from '#shared/network-target.ts';
import type { Plan } from '#shared/plan.ts';

/** Time between two questions for the turn, in milliseconds: who did not get it asks again in the same night. */
const ASK_PAUSE_MS = 3 * 3_600_000;

/** What the agent remembers of samples. */
export interface SampleMemory {
  /** When it asked for the turn last, epoch milliseconds. */
  readonly askedAtMs?: number | undefined;
  /** When it made a sample last, or began one, epoch milliseconds. */
  readonly madeAtMs?: number | undefined;
}

/** A sample that may be asked for. */
export interface DueSample {
  readonly terms: LineSampleTerms;
  readonly beacon: Extract<NetworkTarget, { kind: 'beacon' }>;
}

/**
 * The sample that this machine may ask for now; pure.
 *
 * None by day, in a network whose traffic costs money or whose line is weak, within 20 hours of the one before, or
 * soon after the last question. Instants are compared and no hours of the machine's zone; a clock that was set back is
 * as good a reason to wait as one that was set ahead.
 */
export function dueSample(plan: Plan, memory: SampleMemory, nowMs: number): DueSample | undefined {
  const { lineSample: terms, networks } = plan;
  if (terms === undefined || !isAtNight(nowMs, terms)) return undefined;
  const network = networks.find(({ id }) => id === terms.network);
  if (network === undefined || network.isMetered === true || network.isLimited === true) return undefined;
  if (!network.targets.includes(terms.target)) return undefined;
  const beacon = parseNetworkTarget(terms.target);
  if ('problem' in beacon || beacon.kind !== 'beacon') return undefined;
  const { madeAtMs, askedAtMs } = memory;
  if (madeAtMs !== undefined && Math.abs(nowMs - madeAtMs) < SAMPLE_PAUSE_MS) return undefined;
  if (askedAtMs !== undefined && Math.abs(nowMs - askedAtMs) < ASK_PAUSE_MS) return undefined;
  return { terms, beacon };
}
