import { FRAME_HEAD, FRAME_TAIL } from './frame-script.ts';
import type { InventorySection } from './inventory-section.ts';
import { antivirusSection } from './sections/antivirus.ts';
import { diskEncryptionSection } from './sections/disk-encryption.ts';
import { firewallSection } from './sections/firewall.ts';
import { hardeningSection } from './sections/hardening.ts';
import { hardwareSection } from './sections/hardware.ts';
import { networkSection } from './sections/network.ts';
import { osSection } from './sections/os.ts';
import { timeSection } from './sections/time.ts';
import { updatesSection } from './sections/updates.ts';

/** Every section, in the order in which they run; see INVENTORY_SECTION_IDS. */
export const INVENTORY_SECTIONS: readonly InventorySection[] = [
  osSection,
  hardwareSection,
  timeSection,
  networkSection,
  hardeningSection,
  firewallSection,
  updatesSection,
  diskEncryptionSection,
  antivirusSection,
];

/**
 * The whole script, one argument of powershell.exe: frame and sections without indentation and comments.
 *
 * It is a constant and the same on every PC, so that it can be read, hashed and allowed; which sections run is said by
 * the environment (`TRAMDO_SECTIONS`, ids with commas between; `TRAMDO_MAY_WAIT`, `1` when a PC on battery is left
 * alone). Its output is told in parse-inventory.ts.
 */
export const INVENTORY_SCRIPT = [FRAME_HEAD, ...INVENTORY_SECTIONS.map(callOf), FRAME_TAIL].map(compact).join('\n');

function callOf({ id, script }: InventorySection): string {
  return `if ($chosen -contains '${id}') { Read-Section '${id}' {\n${script}\n} }`;
}

/** A command line holds 32,767 characters; indentation is for readers of the source. */
function compact(script: string): string {
  const lines = script.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n');
}
