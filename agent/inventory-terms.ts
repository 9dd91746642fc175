import type { Platform } from '#shared/enrolment.ts';
import { INVENTORY_TOTAL_MS } from './host/powershell/inventory.ts';
import { INVENTORY_SECTION_IDS, type InventorySectionId } from './host/powershell/inventory-section.ts';
import type { Probe } from './probes/probe.ts';

/** Time a probe has for its own work beside the inventory, in milliseconds. */
const OWN_WORK_MS = 10_000;

/** The section of the PowerShell inventory that a probe reads on this system; undefined when it reads none. */
export function sectionOf(probe: Probe, platform: Platform): InventorySectionId | undefined {
  return platform === 'win32' ? INVENTORY_SECTION_IDS.find((id) => id === probe.id) : undefined;
}

/**
 * A probe as it runs on this system. On Windows one that reads a section looks with the inventory, or when its watched
 * state changes, and not by a clock of its own: each look there is a PowerShell process, seconds of an old PC. And it
 * has as long as the whole inventory may take, as it waits for the sections of others.
 */
export function onTermsOf(probe: Probe, platform: Platform): Probe {
  if (sectionOf(probe, platform) === undefined) return probe;
  return { ...probe, refresh: 'inventory', deadlineMs: Math.max(probe.deadlineMs, INVENTORY_TOTAL_MS + OWN_WORK_MS) };
}
