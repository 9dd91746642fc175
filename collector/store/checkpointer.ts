import { Worker } from 'node:worker_threads';

/**
 * Moves SQLite's write-ahead log into the database in a thread of its own, every second, without ever making a writer
 * wait (`PASSIVE`, sqlite.org/pragma.html#pragma_wal_checkpoint).
 *
 * Left to the connection that writes, a checkpoint copies pages and syncs twice while no report can be answered. What
 * the thread gains was not isolated: runs of the ingest benchmark differ more among themselves.
 *
 * @param onFailure told when the thread itself ends; the writing connection then makes its own checkpoints
 */
export function startCheckpointer(file: string, onFailure: (error: unknown) => void): { stop(): Promise<void> } {
  const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: { file } });
  worker.on('error', onFailure);
  worker.unref();
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  return {
    // Not terminated: a thread that is ended while it loads or calls SQLite's binding takes the whole process along.
    stop: () => {
      worker.ref();
      worker.postMessage('stop');
      return ended;
    },
  };
}
