import type { MetricFamily } from './metric-family.ts';

/** When the data was last backed up. */
export const storeBackups: MetricFamily<'kind'> = {
  metric: 'tramdo_store_last_backup_timestamp_seconds',
  help: 'Unix time of the newest backup that was checked and found whole, in seconds, by kind: command or schedule; absent until the first one.',
  labels: ['kind'],
  seriesPerAgency: 0,
  async samples(source) {
    const { backups } = await source.storeHealth();
    return backups.map(({ kind, atMs }) => ({ labels: { kind }, value: atMs / 1_000 }));
  },
};
