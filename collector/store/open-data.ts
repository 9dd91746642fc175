import type { Settings } from '../config.ts';
import { DataFolder } from './data-folder.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

/**
 * Opens the data folder and the store of the settings.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL, STORE_UNAVAILABLE
 */
export async function openData(settings: Settings): Promise<{ folder: DataFolder; store: Store }> {
  const folder = DataFolder.open(settings.data);
  return { folder, store: await openStore(settings.database) };
}
