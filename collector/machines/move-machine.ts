import type { AuditEntry } from '../people/audit.ts';
import type { MachineMove } from '../store/machine-move-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Moves a machine with everything that is kept of it, and writes down who did it; call it within a transaction.
 *
 * @param actor whoever moves it, for the audit log
 */
export async function moveMachine(store: Store, move: MachineMove, actor: AuditEntry['actor']): Promise<void> {
  const { machineId, fromCode, toCode, atMs } = move;
  await store.machineMoves.move(move);
  const detail = `${fromCode} → ${toCode}`;
  await store.machines.addEvent({ agencyCode: toCode, machineId, atMs, event: 'moved', detail });
  await store.audit.append({
    atMs,
    actor,
    action: 'machine.move',
    target: machineId,
    agencyCode: toCode,
    detail: { from: fromCode, to: toCode, sinceMs: move.sinceMs },
  });
}
