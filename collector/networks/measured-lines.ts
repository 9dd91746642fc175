import type { KeptLineSample } from '../store/line-sample-store.ts';

/** Days over which measured capacity is summed up. */
export const MEASURED_DAYS = 30;

/** Measured capacity of the line of an agency into one network. */
export interface MeasuredLine {
  readonly agencyCode: string;
  readonly network: string;
  /** Median of the samples, bits a second: one bad night says little. */
  readonly medianBitsPerSecond: number;
  /** Newest first. */
  readonly samples: readonly KeptLineSample[];
}

/** Sums samples up by agency and network, sorted by both; pure. */
export function measuredLines(samples: readonly KeptLineSample[]): readonly MeasuredLine[] {
  const groups = Map.groupBy(samples, ({ agencyCode, network }) => `${agencyCode} ${network}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const newest = group.toSorted((a, b) => b.atMs - a.atMs);
      const [first] = newest;
      if (first === undefined) return [];
      const { agencyCode, network } = first;
      return { agencyCode, network, medianBitsPerSecond: medianOf(group), samples: newest };
    });
}

function medianOf(samples: readonly KeptLineSample[]): number {
  const sorted = samples.map(({ bitsPerSecond }) => bitsPerSecond).toSorted((a, b) => a - b);
  const [low = 0, high = low] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}
