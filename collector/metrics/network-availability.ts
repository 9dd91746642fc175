import type { MetricFamily } from './metric-family.ts';
import { MOST_NETWORKS, sortedNetworks } from './network-figures.ts';

/** Share of the time in which an agency reached a network. */
export const networkAvailability: MetricFamily<'agency' | 'network'> = {
  metric: 'tramdo_network_availability_ratio',
  help: 'Five-minute slots of the window in which a machine of the agency reached the network, divided by the slots in which any of its machines was on; absent when none was.',
  labels: ['agency', 'network'],
  seriesPerAgency: MOST_NETWORKS,
  async samples(source) {
    const figures = await sortedNetworks(source);
    return figures.flatMap(({ agencyCode, network, slotsOn, slotsReached }) =>
      slotsOn === 0 ? [] : [{ labels: { agency: agencyCode, network }, value: slotsReached / slotsOn }],
    );
  },
};
