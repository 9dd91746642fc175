import type { Settings } from '../config.ts';
import type { StoreHealth } from '../metrics/metric-family.ts';
import type { Store } from '../store/store.ts';
import { freeBytes, storeSizes } from '../store/store-files.ts';

/** Reads how the collector's own keeping of data stands; what waits for the disk is told by the intake. */
export async function readStoreHealth(
  { database, backupFolder }: Pick<Settings, 'database' | 'backupFolder'>,
  { upkeep }: Pick<Store, 'upkeep'>,
): Promise<Omit<StoreHealth, 'waiting'>> {
  const volumes = [
    ...(backupFolder === undefined ? [] : [{ volume: 'backups', path: backupFolder } as const]),
    { volume: 'data', path: database } as const,
  ];
  const backups = [...(await upkeep.lastBackups())];
  return {
    ...storeSizes(database),
    free: volumes.flatMap(({ volume, path }) => {
      const bytes = freeBytes(path);
      return bytes === undefined ? [] : [{ volume, bytes }];
    }),
    backups: backups.map(([kind, atMs]) => ({ kind, atMs })),
  };
}
