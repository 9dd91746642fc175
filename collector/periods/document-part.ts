import { subtreeOf } from '../register/register-state.ts';
import type { SealDocument, SealedUnits } from './seal-document.ts';

/**
 * The part of a document that belongs to an agency and everything below it in the tree of its day: agencies, machines,
 * figures and units of nobody else. Sums over the whole register or a level are left out, as they tell of others. A
 * part does not have the hash that was sealed.
 *
 * @returns undefined when the agency was not in the register of that day
 */
export function documentPart(document: SealDocument, agencyCode: string): SealDocument | undefined {
  const { facts, results, units } = document;
  const codes = subtreeOf(facts.register, agencyCode);
  if (codes.size === 0) return undefined;
  const isOwn = (one: { readonly agencyCode: string }) => codes.has(one.agencyCode);
  const kept = facts.groups.flatMap((group, place) => (isOwn(group) ? [{ group, place }] : []));
  const places = new Map(kept.map(({ place }, index) => [place, index]));
  const register = { ...facts.register, agencies: facts.register.agencies.filter(({ code }) => codes.has(code)) };
  return {
    ...document,
    facts: {
      ...facts,
      register,
      groups: kept.map(({ group }) => group),
      networks: facts.networks.filter(isOwn),
      ...(facts.places === undefined ? {} : { places: facts.places.filter(isOwn) }),
    },
    results: results.filter(isOwn),
    units: units.map((one) => unitsOf(one, places, isOwn)),
  };
}

function unitsOf(
  { indicatorId, machines, declared, items, agencies, missing }: SealedUnits,
  places: ReadonlyMap<number, number>,
  isOwn: (one: { readonly agencyCode: string }) => boolean,
): SealedUnits {
  return {
    indicatorId,
    machines: machines
      .map((side) => ({ ...side, groups: side.groups.flatMap((place) => places.get(place) ?? []) }))
      .filter(({ groups }) => groups.length > 0),
    declared: declared.filter(isOwn),
    items: items.filter(isOwn),
    agencies: agencies.filter(isOwn),
    missing: missing.filter(isOwn),
  };
}
