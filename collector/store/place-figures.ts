import { dayNumber } from '../catalogues/viet-nam-time.ts';
import { placeName } from '../connectivity/place.ts';
import type { PlaceFigures } from '../metrics/metric-family.ts';
import type { NetworkWindow } from './network-results.ts';
import type { Store } from './store.ts';

/**
 * How many machines agencies had in one local network on the days of a window, the last one being that of its end;
 * sorted by agency. Of a past day the machines count for the agencies they belonged to at its end.
 */
export async function placeFigures(
  { places }: Pick<Store, 'places'>,
  { atMs, windowDays, isPast }: Pick<NetworkWindow, 'atMs' | 'windowDays' | 'isPast'>,
): Promise<readonly PlaceFigures[]> {
  const last = dayNumber(atMs - 1);
  const days = { first: last - windowDays + 1, last };
  const counts = await places.mostMachinesAtPlace(days, isPast ? atMs : undefined);
  return [...counts]
    .map(([agencyCode, place]) => ({ agencyCode, mostMachinesAtPlace: place.machineCount, place: placeName(place) }))
    .toSorted((a, b) => (a.agencyCode < b.agencyCode ? -1 : 1));
}
