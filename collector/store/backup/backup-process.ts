import { messageOf, TramdoError } from '#shared/errors.ts';
import type { BackupOutcome } from './backup-beside.ts';
import { type BackupOrder, writeBackup } from './write-backup.ts';

function say(outcome: BackupOutcome): void {
  process.send?.(outcome, () => process.disconnect?.());
}

process.once('message', (order: BackupOrder) => {
  writeBackup(order).then(
    ({ madeAtMs, bytes }) => say({ madeAtMs, bytes }),
    (error: unknown) =>
      say({ code: error instanceof TramdoError ? error.code : 'INTERNAL', message: messageOf(error) }),
  );
});
