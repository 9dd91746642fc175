import type { Platform } from '#shared/enrolment.ts';
import { agedBy, type DueOptions, isNew } from './due-probes.ts';
import type { Inventory } from './host/powershell/inventory.ts';
import type { InventorySectionId } from './host/powershell/inventory-section.ts';
import { parseInventory } from './host/powershell/parse-inventory.ts';
import { sectionOf } from './inventory-terms.ts';
import { absentWhen, UNANSWERED } from './probes/absent-when.ts';
import type { Probe } from './probes/probe.ts';
import { mayWaitForMains } from './restraint.ts';

/** Probes that look at the same time, and the inventory they share. */
export interface SharedLook {
  readonly probes: readonly Probe[];
  /** Sections of the inventory they read; empty where there is none. */
  readonly sections: readonly InventorySectionId[];
  /** Every one of these sections may wait until the machine runs on mains again. */
  readonly mayWait: boolean;
}

/** Says which sections some probes read, and whether all of them may wait: never at first, nor when asked by hand. */
export function planLooks(probes: readonly Probe[], options: DueOptions & { readonly platform: Platform }): SharedLook {
  const reading = probes.filter((probe) => sectionOf(probe, options.platform) !== undefined);
  const canWait = (probe: Probe) =>
    !isNew(probe, options) && mayWaitForMains(agedBy(probe, options).ageMs, options.inventoryMs);
  return {
    probes,
    sections: reading.flatMap((probe) => sectionOf(probe, options.platform) ?? []),
    mayWait: !options.isForced && reading.every(canWait),
  };
}

/** Tells whether an inventory that was run read nothing as the machine runs on battery. */
export async function waitsForMains(inventory: Inventory): Promise<boolean> {
  const result = await absentWhen(UNANSWERED, inventory.run());
  return result !== undefined && parseInventory(result.stdout).isPostponed;
}
