import { Worker } from 'node:worker_threads';
import { type ErrorCode, TramdoError } from '#shared/errors.ts';
import type { BackupContents } from './read-backup.ts';
import type { BackupOrder } from './write-backup.ts';

/** What is told of a backup that was made. */
export type BackupDone = Pick<BackupContents, 'madeAtMs' | 'bytes'>;

/** What the thread says in the end. */
export type BackupOutcome = BackupDone | { readonly code: ErrorCode; readonly message: string };

/**
 * Makes a backup in a thread of its own, so that reports are answered meanwhile.
 *
 * @param signal ends the thread; what it had written is removed by the next backup of that name
 * @throws {TramdoError} those of writeBackup; STORE_UNAVAILABLE when the thread was ended
 */
export function backUpBeside(order: BackupOrder, signal: AbortSignal): Promise<BackupDone> {
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: order });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop);
  return new Promise<BackupDone>((resolve, reject) => {
    worker.once('message', (outcome: BackupOutcome) => {
      if ('code' in outcome) reject(new TramdoError(outcome.code, outcome.message));
      else resolve(outcome);
    });
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new TramdoError('STORE_UNAVAILABLE', 'Cannot end the backup as the collector stops')),
    );
  }).finally(() => signal.removeEventListener('abort', stop));
}
