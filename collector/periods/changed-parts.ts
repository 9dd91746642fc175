import { canonicalJson } from './canonical-json.ts';
import type { SealDocument } from './seal-document.ts';

/**
 * Names the parts of a sealed document that do not come out as they were written: `results`, `units`, and of the facts
 * `facts.register`, `facts.groups` and the like, sorted; none when the two are the same byte by byte.
 *
 * @param sealedText the canonical JSON that was sealed
 */
export function changedParts(sealedText: string, recomputed: SealDocument): readonly string[] {
  const before = partsOf(JSON.parse(sealedText));
  const after = partsOf(recomputed);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).toSorted();
}

function partsOf(document: unknown): ReadonlyMap<string, string> {
  return new Map(
    fieldsOf(document).flatMap(([key, value]) =>
      key === 'facts'
        ? fieldsOf(value).map(([name, part]) => [`facts.${name}`, canonicalJson(part)] as const)
        : [[key, canonicalJson(value)] as const],
    ),
  );
}

function fieldsOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([, field]) => field !== undefined);
}
