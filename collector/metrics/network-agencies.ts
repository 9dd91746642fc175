import type { MetricFamily } from './metric-family.ts';

const RESULTS = ['verified', 'reached', 'not_reached', 'unknown'] as const;

/** Agencies by what their machines saw of a network. */
export const networkAgencies: MetricFamily<'level' | 'network' | 'result'> = {
  metric: 'tramdo_network_agencies',
  help: 'Agencies by result for a network, best of their machines in the window: verified (a beacon of the network signed), reached, not_reached, or unknown (no machine tried).',
  labels: ['level', 'network', 'result'],
  seriesPerAgency: 0,
  async samples(source) {
    const figures = await source.networks();
    const agencies = await source.agencies();
    const results = new Map(figures.map(({ agencyCode, network, result }) => [`${network} ${agencyCode}`, result]));
    const levels = [...Map.groupBy(agencies, ({ level }) => level)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const networks = [...new Set(figures.map(({ network }) => network))].toSorted();
    return levels.flatMap(([level, members]) =>
      networks.flatMap((network) =>
        RESULTS.map((result) => ({
          labels: { level, network, result },
          value: members.filter(({ code }) => (results.get(`${network} ${code}`) ?? 'unknown') === result).length,
        })),
      ),
    );
  },
};
