import { COMMANDS } from '../commands.ts';
import { runCommand } from '../run-command.ts';
import { createInventory, type Inventory } from './inventory.ts';
import { INVENTORY_SCRIPT } from './inventory-script.ts';
import type { InventorySectionId } from './inventory-section.ts';

/** The inventory of the live machine, with these sections; nothing is started before somebody asks for it. */
export function createRealInventory(sections: readonly InventorySectionId[], mayWait: boolean): Inventory {
  return createInventory({
    sections,
    mayWait,
    runScript: (variables) =>
      runCommand(COMMANDS['powershell-inventory'], undefined, { argument: INVENTORY_SCRIPT, variables }),
  });
}
