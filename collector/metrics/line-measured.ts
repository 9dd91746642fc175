import type { MetricFamily } from './metric-family.ts';
import { MOST_NETWORKS } from './network-figures.ts';

/** Prometheus counts in bytes, whoever sells lines in bits. */
export const BITS_A_BYTE = 8;

/** Measured capacity of lines. */
export const lineMeasured: MetricFamily<'agency' | 'network'> = {
  metric: 'tramdo_line_measured_bytes_per_second',
  help: 'Capacity of the line of the agency into the network as machines sampled it at night, median of 30 days, in bytes per second; absent without a sample.',
  labels: ['agency', 'network'],
  seriesPerAgency: MOST_NETWORKS,
  async samples(source) {
    const [agencies, lines] = await Promise.all([source.agencies(), source.measuredLines()]);
    const known = new Set(agencies.map(({ code }) => code));
    return lines
      .filter(({ agencyCode }) => known.has(agencyCode))
      .map(({ agencyCode, network, medianBitsPerSecond }) => ({
        labels: { agency: agencyCode, network },
        value: medianBitsPerSecond / BITS_A_BYTE,
      }));
  },
};
