import type { MetricFamily } from './metric-family.ts';
import { MOST_NETWORKS, sortedNetworks } from './network-figures.ts';

/** Whether an agency reaches a network. */
export const networkUp: MetricFamily<'agency' | 'network'> = {
  metric: 'tramdo_network_up',
  help: 'Whether the agency reaches the network, best of its machines: 1 verified or reached, 0 not reached; absent when unknown.',
  labels: ['agency', 'network'],
  seriesPerAgency: MOST_NETWORKS,
  async samples(source) {
    const figures = await sortedNetworks(source);
    return figures.flatMap(({ agencyCode, network, result }) =>
      result === 'unknown'
        ? []
        : [{ labels: { agency: agencyCode, network }, value: result === 'not_reached' ? 0 : 1 }],
    );
  },
};
