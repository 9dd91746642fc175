import { TramdoError } from '#shared/errors.ts';
import type { Machine } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Finds the machine that a person named by its id.
 *
 * @throws {TramdoError} MACHINE_NOT_FOUND
 */
export async function findMachine(store: Store, id: string): Promise<Machine> {
  const machine = await store.machines.find(id.trim().toLowerCase());
  if (machine === undefined) {
    throw new TramdoError('MACHINE_NOT_FOUND', `Cannot find a machine with the id "${id.slice(0, 64)}"`);
  }
  return machine;
}
