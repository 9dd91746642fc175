import { parseInventory } from '#agent/host/powershell/parse-inventory.ts';
import type { Scrub } from './scrub-text.ts';

/** MSFT_NetAdapter writes addresses without separators, which look like any other number. */
const BARE_MAC = /("(?:mac|permanentMac)": ")([0-9A-Fa-f]{12})"/g;

/**
 * The files of `commands/powershell-inventory/` for what the inventory printed, scrubbed: `head.json`, and
 * `<section>.json` with `{"value": …}` or `{"failure": …}`. Empty when PowerShell never came to its first line.
 */
export function inventoryFiles(stdout: string, scrub: Scrub): ReadonlyMap<string, string> {
  const { head, sections } = parseInventory(stdout);
  if (head === undefined) return new Map();
  const print = (value: unknown) => `${scrubMacs(scrub(JSON.stringify(value, undefined, 2)), scrub)}\n`;
  const files = [...sections].map(([id, outcome]) => [`${id}.json`, print(outcome)] as const);
  return new Map([['head.json', print(head)], ...files]);
}

function scrubMacs(json: string, scrub: Scrub): string {
  return json.replaceAll(BARE_MAC, (_, start: string, digits: string) => {
    const stranger = (digits.match(/../g) ?? []).join(':');
    return `${start}${scrub(stranger).replaceAll(':', '').toUpperCase()}"`;
  });
}
