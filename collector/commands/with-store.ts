import type { Settings } from '../config.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { openData } from '../store/open-data.ts';
import type { Store } from '../store/store.ts';

/**
 * Opens the store, works on it and closes it; it works beside a running server.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL, STORE_UNAVAILABLE, or what the work throws
 */
export async function withStore<Result>(
  settings: Settings,
  work: (store: Store, folder: DataFolder) => Promise<Result>,
): Promise<Result> {
  const { store, folder } = await openData(settings);
  try {
    return await work(store, folder);
  } finally {
    await store.close();
  }
}
