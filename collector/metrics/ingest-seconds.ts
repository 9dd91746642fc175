import { INGEST_BUCKETS_SECONDS } from './ingest-histogram.ts';
import type { HistogramFamily } from './metric-family.ts';

/** How long reports took. */
export const ingestSeconds: HistogramFamily = {
  metric: 'tramdo_ingest_seconds',
  kind: 'histogram',
  help: 'Time from the last byte of a report to its answer, the durable write included, in seconds, since the collector started.',
  labels: [],
  seriesPerAgency: 0,
  bucketsSeconds: INGEST_BUCKETS_SECONDS,
  counts: (source) => source.ingestTimes(),
};
