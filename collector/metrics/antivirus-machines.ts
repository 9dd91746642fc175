import type { MetricFamily } from './metric-family.ts';
import { byCode } from './sort-samples.ts';

const STATES = ['active', 'stale', 'off'] as const;

/** Products one register may have in use before the series budget must be looked at again. */
const MOST_PRODUCTS = 16;

/** Machines by antivirus product. */
export const antivirusMachines: MetricFamily<'agency' | 'product' | 'state'> = {
  metric: 'tramdo_antivirus_machines',
  help: 'Machines by antivirus product and state: active (protects in real time), stale (protects with signatures known to be too old) or off; a machine with two products is in both; a product of which it is unknown whether it protects is in none.',
  labels: ['agency', 'product', 'state'],
  seriesPerAgency: MOST_PRODUCTS * STATES.length,
  async samples(source) {
    const groups = await source.antivirusGroups();
    const agencies = await source.agencies();
    const counts = new Map<string, number>();
    for (const { agencyCode, product, state, machineCount } of groups) {
      const key = `${agencyCode} ${product} ${state}`;
      counts.set(key, (counts.get(key) ?? 0) + machineCount);
    }
    const products = [...new Set(groups.map(({ product }) => product))].toSorted();
    return agencies.toSorted(byCode).flatMap(({ code }) =>
      products.flatMap((product) =>
        STATES.map((state) => ({
          labels: { agency: code, product, state },
          value: counts.get(`${code} ${product} ${state}`) ?? 0,
        })),
      ),
    );
  },
};
