/** Probes that read a section of the inventory, in the order of the script: what is known to hang comes last. */
export const INVENTORY_SECTION_IDS = [
  'os',
  'hardware',
  'time',
  'network',
  'hardening',
  'firewall',
  'updates',
  'disk-encryption',
  'antivirus',
] as const;

/** Id of a section: that of the probe which reads it. */
export type InventorySectionId = (typeof INVENTORY_SECTION_IDS)[number];

/**
 * One section of the PowerShell inventory of a Windows machine: the script of one probe.
 *
 * The text is the body of a script block that gives back one ordered hash table or `[pscustomobject]`; the frame
 * (inventory-script.ts) turns it into JSON (`ConvertTo-Json -Compress -Depth 6`), ASCII only, and turns an error that
 * ends it into a named failure. It must run in Windows PowerShell 5.1 under constrained language mode: cmdlets,
 * operators, hash tables and methods of core types (string, int, array, hashtable, regex, datetime) only; CIM and the
 * registry only; no localized text is parsed; single quotes only, as the whole script is one argument. A function whose
 * result becomes a value says `$null` where it has none: what gives nothing at all is `{}` in the JSON of 5.1
 * (PowerShell issue 9231).
 *
 * The frame provides `Read-Cim CLASS [NAMESPACE] [PROPERTIES]` (Get-CimInstance with a time-out, an error is passed
 * on) and `Read-Registry PATH` (every value of a key as an object, `$null` when the key is not there).
 */
export interface InventorySection {
  readonly id: InventorySectionId;
  readonly script: string;
}
