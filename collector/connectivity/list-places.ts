import type { DeclaredItem } from '../register/declared-item.ts';
import type { PlaceUse } from '../store/place-store.ts';
import { coverPlace } from './cover-place.ts';
import { weighPlaces } from './learn-places.ts';
import { type Place, placeName } from './place.ts';

/** Why a place speaks for an agency, or does not; see learnPlaces(). */
export const PLACE_REASONS = ['declared', 'declared_partly', 'most_machines', 'steady', 'elsewhere'] as const;

/** One of {@link PLACE_REASONS}. */
export type PlaceReason = (typeof PLACE_REASONS)[number];

/** A place at which machines of an agency were seen. */
export interface UsedPlace extends Place {
  readonly machineCount: number;
  /** First and last day on which any of them was there, as dayNumber of viet-nam-time.ts. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Whether what is seen there counts for the agency; undefined when that depends on the address of each machine. */
  readonly isOwn: boolean | undefined;
  readonly reason: PlaceReason;
}

/** A declared place, with the day it holds from and where it is written. */
export type DeclaredPlaceItem = Extract<DeclaredItem, { kind: 'place' }>;

/**
 * The places at which machines of an agency were seen, and by which part of the rule of learnPlaces() each of them speaks
 * for it; pure.
 *
 * @returns those with most machines first, then in code-point order
 */
export function listPlaces(
  seen: readonly PlaceUse[],
  declared: readonly Pick<DeclaredPlaceItem, 'range' | 'gateway'>[],
): readonly UsedPlace[] {
  const weighed = new Map(weighPlaces(seen).map(({ name, reason }) => [name, reason]));
  return [...Map.groupBy(seen, placeName)]
    .toSorted(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
    .flatMap(([name, uses]) => {
      const [first] = uses;
      if (first === undefined) return [];
      const { addressRange, gateway } = first;
      const learned = weighed.get(name) ?? 'elsewhere';
      const reason = declared.length === 0 ? learned : declaredReason(first, declared);
      const place = {
        addressRange,
        gateway,
        machineCount: uses.length,
        firstDay: Math.min(...uses.map(({ firstDay }) => firstDay)),
        lastDay: Math.max(...uses.map(({ lastDay }) => lastDay)),
      };
      return [{ ...place, reason, isOwn: reason === 'declared_partly' ? undefined : reason !== 'elsewhere' }];
    });
}

function declaredReason(place: Place, declared: Parameters<typeof listPlaces>[1]): PlaceReason {
  const covers = new Set(declared.map((one) => coverPlace(place, one)));
  if (covers.has('whole')) return 'declared';
  return covers.has('part') ? 'declared_partly' : 'elsewhere';
}
