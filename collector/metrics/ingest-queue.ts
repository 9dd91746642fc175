import { REPORT_CLASSES } from '../ingest/report-class.ts';
import type { MetricFamily } from './metric-family.ts';

/** Reports that wait for the disk. */
export const ingestQueue: MetricFamily<'class'> = {
  metric: 'tramdo_ingest_queue_reports',
  help: 'Reports that wait to be written, by class: quiet (nothing new), delta (some probes), full (most probes).',
  labels: ['class'],
  seriesPerAgency: 0,
  async samples(source) {
    const { waiting } = await source.storeHealth();
    return REPORT_CLASSES.toSorted().map((one) => ({
      labels: { class: one },
      value: waiting.filter((other) => other === one).length,
    }));
  },
};
