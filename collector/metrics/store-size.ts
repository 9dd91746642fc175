import type { MetricFamily } from './metric-family.ts';

/** How large the database is. */
export const storeSize: MetricFamily<'part'> = {
  metric: 'tramdo_store_size_bytes',
  help: 'Size of the files of the database, by part: database, or wal for what was written and not yet moved into it.',
  labels: ['part'],
  seriesPerAgency: 0,
  async samples(source) {
    const { databaseBytes, walBytes } = await source.storeHealth();
    return [
      { labels: { part: 'database' }, value: databaseBytes },
      { labels: { part: 'wal' }, value: walBytes },
    ];
  },
};
