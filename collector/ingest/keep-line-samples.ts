import type { LineSample } from '#shared/report.ts';
import { DAY_MS, dayNumber } from '../catalogues/viet-nam-time.ts';
import type { KeptLineSample } from '../store/line-sample-store.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';

/** Faster than any line there is, in bits a second. */
const MOST_BITS_PER_SECOND = 100_000_000_000;

/** Oldest sample that is kept, in milliseconds before the arrival: the outbox of an agent keeps 35 days. */
const MAX_AGE_MS = 40 * DAY_MS;

/** How far a sample may lie from the turn it was made in, in milliseconds; a sample takes a minute at most. */
const TURN_TOLERANCE_MS = 900_000;

/** Why a sample was not kept. */
export type DroppedSample = 'future' | 'no-turn' | 'too-fast' | 'too-old' | 'unknown-network';

/** Samples of one report, and how its machine's clock stood. */
export interface ArrivedSamples {
  readonly machine: MachineKey;
  readonly samples: readonly LineSample[];
  /** The machine's clock minus the collector's, milliseconds. */
  readonly offsetMs: number;
  readonly arrivedAtMs: number;
}

/** Lays a sample on the collector's clock, or says why it cannot be believed; pure. */
export function placeSample(
  { machine, offsetMs, arrivedAtMs }: Omit<ArrivedSamples, 'samples'>,
  { network, at, bytes, durationMs }: LineSample,
): KeptLineSample | DroppedSample {
  const atMs = Date.parse(at) - offsetMs;
  if (atMs > arrivedAtMs) return 'future';
  if (arrivedAtMs - atMs > MAX_AGE_MS) return 'too-old';
  const bitsPerSecond = (bytes * 8_000) / durationMs;
  if (bitsPerSecond > MOST_BITS_PER_SECOND) return 'too-fast';
  const { agencyCode, machineId } = machine;
  return { agencyCode, machineId, day: dayNumber(atMs), network, bitsPerSecond, bytes, durationMs, atMs };
}

/**
 * Keeps the samples of reports, one a day and agency, within the transaction of the reports. One that no turn was given
 * for is dropped: nobody makes the line of an agency look better by sending what was not asked for.
 */
export async function keepLineSamples(
  { lineSamples }: Pick<Store, 'lineSamples'>,
  arrived: readonly ArrivedSamples[],
  terms: {
    readonly isKnownNetwork: (network: string) => boolean;
    readonly onDropped: (why: DroppedSample, machine: MachineKey) => void;
  },
): Promise<void> {
  for (const one of arrived) {
    for (const sample of one.samples) {
      const placed = terms.isKnownNetwork(sample.network) ? placeSample(one, sample) : 'unknown-network';
      if (typeof placed === 'string') {
        terms.onDropped(placed, one.machine);
        continue;
      }
      const { atMs } = placed;
      const turns = await lineSamples.turnsOf(one.machine, atMs - TURN_TOLERANCE_MS, atMs + TURN_TOLERANCE_MS);
      if (turns.length === 0) terms.onDropped('no-turn', one.machine);
      else await lineSamples.add(placed);
    }
  }
}
