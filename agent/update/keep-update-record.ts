import { storageError } from '../host/durable-file.ts';
import { writeUpdateRecord } from './update-folder.ts';
import type { UpdateRecord } from './update-record.ts';

/**
 * Replaces `update.json`, and puts a failure into the catalogue's words, which the launcher does without.
 *
 * @throws {TramdoError} DISK_FULL, DATA_FOLDER_UNUSABLE
 */
export function keepUpdateRecord(statePath: string, record: UpdateRecord): void {
  try {
    writeUpdateRecord(statePath, record);
  } catch (error) {
    throw storageError('Cannot keep the record of updates', error);
  }
}
