import type { AuditEntry } from '../people/audit.ts';
import type { Store } from '../store/store.ts';
import type { BackupKind } from '../store/upkeep-store.ts';

/** What is written down of a backup. */
export interface BackupNote {
  readonly kind: BackupKind;
  readonly actor: AuditEntry['actor'];
  /** Path of the file. */
  readonly target: string;
  /** Epoch milliseconds. */
  readonly madeAtMs: number;
  readonly bytes: number;
}

/** Writes a backup down, in the audit log and for the metrics, once it is whole. */
export async function noteBackup(store: Store, { kind, actor, target, madeAtMs, bytes }: BackupNote): Promise<void> {
  await store.transaction(async ({ upkeep, audit }) => {
    await upkeep.noteBackup(kind, madeAtMs);
    await audit.append({ atMs: madeAtMs, actor, action: 'backup.make', target, detail: { bytes } });
  });
}
