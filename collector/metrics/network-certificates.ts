import { MOST_TARGETS } from '#shared/plan.ts';
import type { MetricFamily } from './metric-family.ts';

/** Until when certificates of targets hold. */
export const networkCertificates: MetricFamily<'network' | 'target'> = {
  metric: 'tramdo_network_certificate_not_after_timestamp_seconds',
  help: 'Earliest end of the certificate that an agency saw on a target within the window, as Unix time; absent for targets without one.',
  labels: ['network', 'target'],
  seriesPerAgency: 0,
  async samples(source) {
    const key = ({ network, target }: { readonly network: string; readonly target: string }) => `${network} ${target}`;
    return (await source.certificates())
      .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
      .slice(0, MOST_TARGETS)
      .map(({ network, target, notAfterMs }) => ({ labels: { network, target }, value: notAfterMs / 1_000 }));
  },
};
