import { type Place, placeName } from './place.ts';

/** On which days of the last {@link LEARNING_DAYS} one machine was seen at one place. */
export interface PlaceSeen extends Place {
  readonly machineId: string;
  readonly dayCount: number;
  /** The first of the days, as dayNumber of viet-nam-time.ts. */
  readonly firstDay: number;
}

/** Days over which places are learned. */
export const LEARNING_DAYS = 30;

/** Days on which each of two machines must have been seen at a place that is not the first one. */
const STEADY_DAYS = 3;

const STEADY_MACHINES = 2;

/**
 * Learns which places are the agency's own: pure. This is the whole rule of who speaks for an agency:
 *
 * 1. An agency that declared places: only samples from inside one of them, with the gateway where one was declared.
 * 2. Any other: the place where most of its machines were seen within 30 days (of equals the one with more
 *    machine-days, then the one seen first, then the first in code-point order), and every place where at least two of
 *    its machines were each seen on at least 3 of these days.
 * 3. Everything else is elsewhere, and a sample that does not say where it was made tells nothing: both speak for nobody.
 *
 * Tunnels and mobile lines need no case of their own: the address they give is a place of one machine.
 *
 * @param seen what the machines of one agency saw, one element a machine and place
 * @returns names of places, see {@link placeName}
 */
export function learnPlaces(seen: readonly PlaceSeen[]): ReadonlySet<string> {
  return new Set(weighPlaces(seen).flatMap(({ name, reason }) => (reason === 'elsewhere' ? [] : [name])));
}

/** A place at which machines of an agency were seen, and what the rule makes of it. */
export interface WeighedPlace {
  /** See {@link placeName}. */
  readonly name: string;
  readonly machineCount: number;
  /** Days of all machines added up. */
  readonly dayCount: number;
  readonly firstDay: number;
  /** Which part of the second or third sentence of the rule it falls under; see {@link learnPlaces}. */
  readonly reason: 'most_machines' | 'steady' | 'elsewhere';
}

/** What {@link learnPlaces} makes of each place, the one with most machines first; pure. */
export function weighPlaces(seen: readonly PlaceSeen[]): readonly WeighedPlace[] {
  const places = [...Map.groupBy(seen, placeName)].map(([name, sightings]) => ({
    name,
    machineCount: sightings.length,
    dayCount: sightings.reduce((sum, { dayCount }) => sum + dayCount, 0),
    firstDay: Math.min(...sightings.map(({ firstDay }) => firstDay)),
    steadyCount: sightings.filter(({ dayCount }) => dayCount >= STEADY_DAYS).length,
  }));
  return places
    .toSorted(
      (a, b) =>
        b.machineCount - a.machineCount ||
        b.dayCount - a.dayCount ||
        a.firstDay - b.firstDay ||
        (a.name < b.name ? -1 : 1),
    )
    .map(({ steadyCount, ...place }, index) => ({
      ...place,
      reason: index === 0 ? 'most_machines' : steadyCount >= STEADY_MACHINES ? 'steady' : 'elsewhere',
    }));
}
