import { TramdoError } from '#shared/errors.ts';
import type { CommandResult } from '../host.ts';
import type { InventorySectionId } from './inventory-section.ts';
import { INVENTORY_SECTION_IDS } from './inventory-section.ts';
import { parseInventory } from './parse-inventory.ts';

/** Most processes one inventory may start: two sections may hang, and the others are still read. */
const MAX_PROCESSES = 3;
/** Deadline of one process, in milliseconds: an old PC with a hard disk takes half a minute. */
export const INVENTORY_DEADLINE_MS = 60_000;
/** Longest time from the first process to the end of the last one, killing included, in milliseconds. */
export const INVENTORY_TOTAL_MS = MAX_PROCESSES * INVENTORY_DEADLINE_MS + 20_000;

/** One look at a Windows machine through PowerShell, shared by all probes that look together. */
export interface Inventory {
  /** What the script printed, over all its processes; the first call starts it, every other one waits for the same. */
  run(): Promise<CommandResult>;
}

/** What an inventory is to read, and by what. */
export interface InventoryOptions {
  readonly sections: readonly InventorySectionId[];
  /** A machine on battery may be left alone for now. */
  readonly mayWait: boolean;
  /** Runs the script once, with these variables in its environment, until it ends or is cut short. */
  readonly runScript: (variables: Readonly<Record<string, string>>) => Promise<CommandResult>;
}

/**
 * Makes an inventory. When a section hangs, or takes its process down, what was read before it is kept, and the sections
 * behind it are read by another process without it.
 *
 * @throws {TramdoError} from `run()`: what `runScript` throws for its first process
 */
export function createInventory(options: InventoryOptions): Inventory {
  let running: Promise<CommandResult> | undefined;
  return {
    run: () => {
      running ??= readSections(options);
      return running;
    },
  };
}

async function readSections({ sections, mayWait, runScript }: InventoryOptions): Promise<CommandResult> {
  let waiting: readonly string[] = INVENTORY_SECTION_IDS.filter((id) => sections.includes(id));
  let whole = await runScript(variablesFor(waiting, mayWait));
  for (let count = 1; count < MAX_PROCESSES; count += 1) {
    const { unfinished, sections: ended } = parseInventory(whole.stdout);
    const left = waiting.filter((id) => !ended.has(id) && !unfinished.includes(id));
    // Without a section that took the process down the rest would go the same way again.
    if (left.length === 0 || left.length === waiting.length || unfinished.length < count) break;
    waiting = left;
    const next = await rest(() => runScript(variablesFor(left, false)));
    if (next === undefined) break;
    whole = joined(whole, next);
  }
  return whole;
}

function variablesFor(sections: readonly string[], mayWait: boolean): Record<string, string> {
  return { TRAMDO_SECTIONS: sections.join(','), TRAMDO_MAY_WAIT: mayWait ? '1' : '0' };
}

/** What the first process gave is kept, whatever becomes of the others. */
async function rest(run: () => Promise<CommandResult>): Promise<CommandResult | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TramdoError) return undefined;
    throw error;
  }
}

function joined(one: CommandResult, other: CommandResult): CommandResult {
  const isCutShort = one.isCutShort === true || other.isCutShort === true;
  return {
    stdout: `${one.stdout}\n${other.stdout}`,
    stderr: `${one.stderr}${other.stderr}`.slice(0, 65_536),
    exitCode: other.exitCode,
    ...(isCutShort ? { isCutShort } : {}),
  };
}
