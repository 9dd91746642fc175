import { fork } from 'node:child_process';
import { type ErrorCode, TramdoError } from '#shared/errors.ts';
import type { BackupContents } from './read-backup.ts';
import type { BackupOrder } from './write-backup.ts';

/** What is told of a backup that was made. */
export type BackupDone = Pick<BackupContents, 'madeAtMs' | 'bytes'>;

/** What the process says in the end. */
export type BackupOutcome = BackupDone | { readonly code: ErrorCode; readonly message: string };

/**
 * Makes a backup in a process of its own, so that reports are answered meanwhile and it can be ended at any moment: a
 * thread that is ended while it is inside SQLite's binding takes the collector along.
 *
 * @param signal ends the process; what it had written is removed after the next backup
 * @throws {TramdoError} those of writeBackup; STORE_UNAVAILABLE when the process ended without an answer
 */
export function backUpBeside(order: BackupOrder, signal: AbortSignal): Promise<BackupDone> {
  const child = fork(new URL('./backup-process.ts', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const stop = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  return new Promise<BackupDone>((resolve, reject) => {
    child.once('message', (outcome: BackupOutcome) => {
      if ('code' in outcome) reject(new TramdoError(outcome.code, outcome.message));
      else resolve(outcome);
    });
    child.once('error', reject);
    child.once('exit', () =>
      reject(new TramdoError('STORE_UNAVAILABLE', 'Cannot make the backup as its process was ended')),
    );
    // One that was ended before it could be told is heard of by its exit.
    child.send(order, () => {});
  }).finally(() => signal.removeEventListener('abort', stop));
}
