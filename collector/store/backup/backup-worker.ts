import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, TramdoError } from '#shared/errors.ts';
import type { BackupOutcome } from './backup-beside.ts';
import { type BackupOrder, writeBackup } from './write-backup.ts';

const order: BackupOrder = workerData;

function say(outcome: BackupOutcome): void {
  parentPort?.postMessage(outcome);
}

writeBackup(order).then(
  ({ madeAtMs, bytes }) => say({ madeAtMs, bytes }),
  (error: unknown) => say({ code: error instanceof TramdoError ? error.code : 'INTERNAL', message: messageOf(error) }),
);
