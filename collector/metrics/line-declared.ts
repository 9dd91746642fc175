import { LINE_KINDS } from '../register/declared-item.ts';
import { BITS_A_BYTE } from './line-measured.ts';
import type { MetricFamily } from './metric-family.ts';
import { byCode } from './sort-samples.ts';

/** Declared capacity of lines. */
export const lineDeclared: MetricFamily<'agency' | 'kind'> = {
  metric: 'tramdo_line_declared_bytes_per_second',
  help: 'Capacity of the lines of a kind that the agency declared in the register, added up, in bytes per second; absent when it declared none.',
  labels: ['agency', 'kind'],
  seriesPerAgency: LINE_KINDS.length,
  async samples(source) {
    const agencies = await source.agencies();
    return agencies.toSorted(byCode).flatMap(({ code, items }) => {
      const lines = items.flatMap((item) => (item.kind === 'line' ? [item] : []));
      return LINE_KINDS.toSorted().flatMap((kind) => {
        const ofKind = lines.filter(({ lineKind }) => lineKind === kind);
        if (ofKind.length === 0) return [];
        const kbps = ofKind.reduce((sum, { capacityKbps }) => sum + capacityKbps, 0);
        return [{ labels: { agency: code, kind }, value: (kbps * 1_000) / BITS_A_BYTE }];
      });
    });
  },
};
