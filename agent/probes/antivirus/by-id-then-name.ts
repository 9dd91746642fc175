import type { AntivirusProduct } from '#shared/observations/antivirus.ts';

/** Order of the products of an observation: by id, then by name, both by code point. */
export function byIdThenName(left: AntivirusProduct, right: AntivirusProduct): number {
  if (left.id !== right.id) return left.id < right.id ? -1 : 1;
  if (left.name === right.name) return 0;
  return left.name < right.name ? -1 : 1;
}
