import type { MetricFamily } from './metric-family.ts';
import { MOST_NETWORKS, sortedNetworks } from './network-figures.ts';

/** Round-trip times to a network. */
export const networkRtt: MetricFamily<'agency' | 'network' | 'quantile'> = {
  metric: 'tramdo_network_rtt_seconds',
  kind: 'summary',
  help: 'Round-trip time of the successful attempts of the agency on the network in the window, in seconds; absent without a success.',
  labels: ['agency', 'network', 'quantile'],
  seriesPerAgency: MOST_NETWORKS * 2,
  async samples(source) {
    const figures = await sortedNetworks(source);
    return figures.flatMap(({ agencyCode, network, rttSeconds }) =>
      rttSeconds === undefined
        ? []
        : [
            { labels: { agency: agencyCode, network, quantile: '0.5' }, value: rttSeconds.median },
            { labels: { agency: agencyCode, network, quantile: '0.95' }, value: rttSeconds.p95 },
          ],
    );
  },
};
