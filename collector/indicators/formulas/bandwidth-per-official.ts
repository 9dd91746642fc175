import type { DeclaredItem } from '../../register/declared-item.ts';
import type { Formula, Part } from '../formula.ts';
import { overOfficials } from '../over-officials.ts';

/** Declared capacity of lines for each official. */
export const bandwidthPerOfficial: Formula<'bandwidth-per-official'> = {
  id: 'bandwidth-per-official',
  describes:
    'a: declared capacity of the lines of these kinds, kbit/s; b: declared officials; an agency that declared neither a line nor anything else of its equipment is in neither',
  arithmetic: 'quotient',
  valueForm: 'kbps',
  coverageOf: 'agencies',
  examine(input, { lineKinds }) {
    const { items } = input.agency;
    // Whoever listed some of its equipment has listed all of it; an empty list says nothing.
    if (items.length === 0) return { parts: undefined, missing: ['lines', ...overOfficials(input, []).missing] };
    return overOfficials(
      input,
      items.flatMap((item) => capacityPart(item, lineKinds)),
    );
  },
};

function capacityPart(item: DeclaredItem, lineKinds: readonly string[]): readonly Part[] {
  if (item.kind !== 'line' || !lineKinds.includes(item.lineKind)) return [];
  return [{ standing: 'counted', reason: 'declared', count: item.capacityKbps, unit: { kind: 'item', item } }];
}
