import { v7 as uuidv7 } from 'uuid';
import type { MachineConflict } from '../store/machine-conflict-store.ts';
import type { Machine } from '../store/machine-store.ts';
import { NOTHING_SEEN } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import type { Judge } from './judge.ts';
import { recordStandings } from './record-standings.ts';

/** A machine that turned out to be two, and what the second one is known by. */
export interface SecondMachine {
  readonly first: Machine;
  readonly second: Pick<Machine, 'fingerprint' | 'publicKey' | 'hostname'>;
  readonly conflict: Pick<MachineConflict, 'kind' | 'evidence'>;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

/**
 * Makes a machine of its own for the second of two that used one id, and leaves the decision to a person. It counts at
 * once, since figures count machines; what is known of the first stays with the first.
 *
 * @returns the second machine
 */
export async function openConflict(store: Store, judge: Judge, opened: SecondMachine): Promise<Machine> {
  const { first, second, conflict, atMs } = opened;
  const { agencyCode, machineId } = first;
  const { retiredAtMs: _, ...living } = first;
  const made: Machine = { ...living, ...second, machineId: uuidv7({ msecs: atMs }), enrolledAtMs: atMs };
  const { machineId: otherId } = made;
  await store.machines.save(made);
  const judged = judge.judge({ ...NOTHING_SEEN, agencyCode, machineId: otherId, lastSeenAtMs: atMs }, new Map(), atMs);
  await recordStandings(store, { before: new Map(), after: [judged.standing], atMs });
  await store.reports.saveVerdicts([judged.verdicts]);
  await store.conflicts.save({ agencyCode, machineId, detectedAtMs: atMs, otherId, ...conflict });
  await store.machines.addEvent({
    agencyCode,
    machineId,
    atMs,
    event: 'conflict',
    detail: `${conflict.kind} ${otherId}`,
  });
  await store.machines.addEvent({ agencyCode, machineId: otherId, atMs, event: 'conflict', detail: conflict.kind });
  return made;
}
