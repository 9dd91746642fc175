import { LRUCache } from 'lru-cache';
import type { FailedSlots } from './network-windows.ts';

/** Machines and networks that are remembered. */
const MAX_REMEMBERED = 65_536;

/**
 * Lets a machine be counted once in a slot in which it failed, however many reports tell of that slot: else one machine
 * would look like many. What a machine was last counted for is held in memory, and lost with the process.
 */
export class CountedFailures {
  readonly #newest = new LRUCache<string, number>({ max: MAX_REMEMBERED });

  /**
   * Leaves the slots behind those that the machine was counted for before, and remembers them: a batch that is not kept
   * afterwards counts too few machines rather than too many.
   *
   * @param failures of one report of the machine
   */
  take(machineId: string, failures: readonly FailedSlots[]): readonly FailedSlots[] {
    return failures.flatMap(({ slots, ...rest }) => {
      const name = `${machineId} ${rest.network}`;
      const before = this.#newest.get(name) ?? Number.NEGATIVE_INFINITY;
      const newer = slots.filter((slot) => slot > before);
      if (newer.length === 0) return [];
      const newest = newer.reduce((latest, slot) => Math.max(latest, slot), before);
      this.#newest.set(name, newest);
      return [{ ...rest, slots: newer }];
    });
  }
}
