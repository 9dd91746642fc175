import type { MetricFamily } from './metric-family.ts';
import { MOST_NETWORKS, sortedNetworks } from './network-figures.ts';

/** Since when an agency does not reach a network. */
export const networkOutageStart: MetricFamily<'agency' | 'network'> = {
  metric: 'tramdo_network_outage_start_timestamp_seconds',
  help: 'Begin of the outage that lasts, at the earliest of the window, as Unix time: machines of the agency tried the network since and only failed; absent when none lasts.',
  labels: ['agency', 'network'],
  seriesPerAgency: MOST_NETWORKS,
  async samples(source) {
    const figures = await sortedNetworks(source);
    return figures.flatMap(({ agencyCode, network, outageStartMs }) =>
      outageStartMs === undefined ? [] : [{ labels: { agency: agencyCode, network }, value: outageStartMs / 1_000 }],
    );
  },
};
