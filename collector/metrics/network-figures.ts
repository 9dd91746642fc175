import type { MetricSource, NetworkFigures } from './metric-family.ts';

/** Networks a plan may have before the series budget must be looked at again. */
export const MOST_NETWORKS = 8;

/** Figures of every agency and network, sorted by agency, then network. */
export async function sortedNetworks(source: MetricSource): Promise<readonly NetworkFigures[]> {
  const key = ({ agencyCode, network }: NetworkFigures) => `${agencyCode} ${network}`;
  return (await source.networks()).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
