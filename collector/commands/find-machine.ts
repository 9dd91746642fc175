import { TramdoError } from '#shared/errors.ts';
import type { Machine } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Finds the machine a person named by its id.
 *
 * @throws {TramdoError} MACHINE_UNKNOWN
 */
export async function findMachine(store: Store, id: string): Promise<Machine> {
  const machine = await store.machines.find(id.trim().toLowerCase());
  if (machine === undefined) throw new TramdoError('MACHINE_UNKNOWN', `Cannot find a machine with the id "${id}"`);
  return machine;
}
