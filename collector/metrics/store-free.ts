import type { MetricFamily } from './metric-family.ts';

/** How much room is left. */
export const storeFree: MetricFamily<'volume'> = {
  metric: 'tramdo_store_free_bytes',
  help: 'Bytes that the collector may still write, by volume: data for the disk of the database, backups for that of backupFolder, absent without one.',
  labels: ['volume'],
  seriesPerAgency: 0,
  async samples(source) {
    const { free } = await source.storeHealth();
    return free.map(({ volume, bytes }) => ({ labels: { volume }, value: bytes }));
  },
};
