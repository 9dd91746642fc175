import { dayNumberOfDate, dayStartMs, isoDateOf } from '../catalogues/viet-nam-time.ts';
import { type DueMove, dueMoves } from '../register/due-moves.ts';
import type { Store } from '../store/store.ts';
import type { DeclaredMachine } from './declared-machine.ts';
import { moveMachine } from './move-machine.ts';

/** Machines moved in one transaction; short enough to let reports in between. */
const BATCH_COUNT = 50;

/** Whoever moves machines because the register says so. */
const REGISTER = { kind: 'command', id: '', name: 'register' } as const;

/**
 * Moves the machines and asset lists of closed agencies to those that took over, in the minute job. A machine counts
 * for the other agency from the day on which the register says so, though it is moved later. What waits is asked once for
 * all closed agencies, so that a minute without a merger costs little.
 *
 * @returns how many machines were moved
 */
export async function followMergers(store: Store, atMs: number): Promise<number> {
  const steps = dueMoves({ agencies: await store.agencies.list() }, isoDateOf(atMs));
  if (steps.length === 0) return 0;
  const withMachines = new Set(await store.machines.agencyCodes());
  const withAssets = new Set(await store.declaredMachines.agencyCodes());
  let movedCount = 0;
  for (const step of steps) {
    const { from, to } = step;
    // Whatever moves in a chain waits at the next step.
    if (withMachines.has(from)) {
      movedCount += await moveAll(store, step, atMs);
      withMachines.add(to);
    }
    if (withAssets.has(from)) {
      await moveAssets(store, step);
      withAssets.add(to);
    }
  }
  return movedCount;
}

async function moveAll(store: Store, { from, to, on }: DueMove, atMs: number): Promise<number> {
  const sinceMs = Math.min(dayStartMs(dayNumberOfDate(on)), atMs);
  let movedCount = 0;
  for (;;) {
    const count = await store.transaction(async (transaction) => {
      const machines = (await transaction.machines.list(from)).slice(0, BATCH_COUNT);
      for (const { machineId } of machines) {
        const move = { machineId, fromCode: from, toCode: to, atMs, sinceMs, movedBy: REGISTER.name };
        await moveMachine(transaction, move, REGISTER);
      }
      return machines.length;
    });
    movedCount += count;
    if (count < BATCH_COUNT) return movedCount;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Two agencies may have numbered their assets alike; then the number gets the code of the former agency before it. */
async function moveAssets(store: Store, { from, to }: DueMove): Promise<void> {
  await store.transaction(async ({ declaredMachines }) => {
    const moved = await declaredMachines.list(from);
    const taken = new Set((await declaredMachines.list(to)).map(({ assetId }) => assetId));
    const renamed = moved.map((asset): DeclaredMachine => {
      const assetId = taken.has(asset.assetId) ? `${from}/${asset.assetId}` : asset.assetId;
      return { ...asset, agencyCode: to, assetId };
    });
    await declaredMachines.save(renamed);
    await declaredMachines.remove(moved);
  });
}
