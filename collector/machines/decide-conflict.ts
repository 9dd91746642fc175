import type { ConflictDecision, MachineConflict } from '../store/machine-conflict-store.ts';
import type { Machine } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';
import { replaceFingerprint } from './replace-fingerprints.ts';
import { retireMachine } from './retire-machine.ts';

/** A decision, by whom and when. */
export interface Deciding {
  readonly decision: ConflictDecision;
  /** Name for people of whoever decided. */
  readonly decidedBy: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

/**
 * Carries out what a person decided of a conflict; call it within a transaction.
 *
 * `same-machine`: what was taken for two is one, so the record made for the second is retired and nothing is refused.
 * `two-machines`: both are there; a copied disk must still join again, hardware that two share is told apart by key.
 * `retire`: the second is out of use.
 */
export async function decideConflict(store: Store, conflict: MachineConflict, deciding: Deciding): Promise<void> {
  const { agencyCode, machineId, otherId } = conflict;
  const { decision, decidedBy, atMs } = deciding;
  if (decision === 'same-machine') await unite(store, conflict, atMs);
  if (decision !== 'two-machines' && otherId !== undefined) await retireMachine(store, otherId, atMs);
  await store.conflicts.save({ ...conflict, decision, decidedAtMs: atMs, decidedBy });
  await store.machines.addEvent({ agencyCode, machineId, atMs, event: 'decided', detail: decision });
}

async function unite(store: Store, conflict: MachineConflict, atMs: number): Promise<void> {
  const machine = await store.machines.find(conflict.machineId);
  if (machine === undefined) return;
  if (conflict.kind === 'cloned-disk') await acceptFingerprints(store, machine, atMs);
  else await uniteKeys(store, machine, conflict);
}

async function acceptFingerprints(store: Store, machine: Machine, atMs: number): Promise<void> {
  const { machineId } = machine;
  const seen = (await store.conflicts.fingerprints([machine])).get(machineId) ?? [];
  await store.conflicts.saveFingerprints(seen.map((one) => ({ ...one, state: 'accepted' })));
  const standing = (await store.reports.standings([machine])).get(machineId);
  if (standing !== undefined) await store.reports.saveStandings([{ ...standing, isContested: false }]);
  const newest = seen.toSorted((a, b) => b.lastSeenAtMs - a.lastSeenAtMs)[0];
  if (newest !== undefined) await replaceFingerprint(store, machineId, { fingerprint: newest.fingerprint, atMs });
}

/** Both keys sign for the first machine, which goes on from the newest report of either. */
async function uniteKeys(store: Store, machine: Machine, { otherId }: MachineConflict): Promise<void> {
  const { machineId, agencyCode } = machine;
  for (const key of await store.conflicts.formerKeys(machineId)) {
    await store.conflicts.saveKey({ ...key, standsFor: machineId });
  }
  const standings = await store.reports.standings([machine, { agencyCode, machineId: otherId ?? '' }]);
  const [own, other] = [standings.get(machineId), standings.get(otherId ?? '')];
  if (own === undefined || other === undefined || other.lastSeenAtMs <= own.lastSeenAtMs) return;
  await store.reports.saveStandings([{ ...own, lastSeq: other.lastSeq }]);
}
