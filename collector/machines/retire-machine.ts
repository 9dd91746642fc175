import { recordStandings } from '../ingest/record-standings.ts';
import type { Machine } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';
import { findMachine } from './find-machine.ts';

/** Takes a machine out of every count; call it within a transaction. One that is retired stays as it is. */
export async function retireMachine(store: Store, machineId: string, atMs: number): Promise<void> {
  await setRetired(store, await findMachine(store, machineId), { isRetired: true, atMs });
}

/** Counts a retired machine again, as it was known; call it within a transaction. */
export async function bringBackMachine(store: Store, machineId: string, atMs: number): Promise<void> {
  await setRetired(store, await findMachine(store, machineId), { isRetired: false, atMs });
}

async function setRetired(
  store: Store,
  machine: Machine,
  { isRetired, atMs }: { readonly isRetired: boolean; readonly atMs: number },
): Promise<void> {
  const { agencyCode, machineId, retiredAtMs, ...rest } = machine;
  if ((retiredAtMs !== undefined) === isRetired) return;
  await store.machines.save({ agencyCode, machineId, ...rest, ...(isRetired ? { retiredAtMs: atMs } : {}) });
  const before = await store.reports.standings([machine]);
  // What ran out meanwhile is judged by the minute job.
  const after = [...before.values()].map((standing) => ({ ...standing, isRetired }));
  await recordStandings(store, { before, after, atMs });
  const event = isRetired ? 'retired' : 'brought-back';
  await store.machines.addEvent({ agencyCode, machineId, atMs, event, detail: '' });
}
