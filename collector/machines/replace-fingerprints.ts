import { DAY_MS } from '../catalogues/viet-nam-time.ts';
import type { Store } from '../store/store.ts';

/** How long a machine must have spoken of another fingerprint alone before that is its own, in milliseconds. */
const SETTLED_MS = 7 * DAY_MS;

/**
 * Takes a new fingerprint for the machine's own once it was the only one for a week: its motherboard was replaced. From
 * then on the machine is known by it when it joins again. Part of the minute job.
 *
 * @returns how many fingerprints were replaced
 */
export async function replaceFingerprints(store: Store, atMs: number): Promise<number> {
  const due = await store.conflicts.settledFingerprints(atMs - SETTLED_MS);
  for (const { machineId, fingerprint } of due) {
    await store.transaction((transaction) => replaceFingerprint(transaction, machineId, { fingerprint, atMs }));
  }
  return due.length;
}

/** Makes a fingerprint the machine's own; call it within a transaction. */
export async function replaceFingerprint(
  store: Store,
  machineId: string,
  { fingerprint, atMs }: { readonly fingerprint: string; readonly atMs: number },
): Promise<void> {
  const machine = await store.machines.find(machineId);
  if (machine === undefined || machine.fingerprint === fingerprint) return;
  await store.machines.save({ ...machine, fingerprint });
  const { agencyCode } = machine;
  await store.machines.addEvent({ agencyCode, machineId, atMs, event: 'fingerprint-replaced', detail: fingerprint });
}
