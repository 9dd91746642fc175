import { SLOT_MS } from '#shared/protocol.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { MachineStanding } from '../store/report-rows.ts';
import type { PlacedWindow } from './network-windows.ts';

/** Days (dayNumber of viet-nam-time.ts) on which a machine tried the Internet, and those of them with a success. */
export interface InternetDays {
  readonly tried: readonly number[];
  readonly online: readonly number[];
}

/**
 * Days of windows of networks of kind `internet`, ascending; slots later than `lastSlot` are left out as in
 * {@link addWindows}; pure.
 */
export function internetDaysOf(windows: readonly PlacedWindow[], lastSlot: number): InternetDays {
  const tried = new Set<number>();
  const online = new Set<number>();
  for (const { window, firstSlot } of windows) {
    const end = Math.min(window.slots.length, lastSlot - firstSlot + 1);
    for (let index = 0; index < end; index += 1) {
      const result = window.slots[index];
      if (result === '.') continue;
      const day = dayNumber((firstSlot + index) * SLOT_MS);
      tried.add(day);
      if (result === '1') online.add(day);
    }
  }
  return { tried: [...tried].toSorted((a, b) => a - b), online: [...online].toSorted((a, b) => a - b) };
}

/**
 * The standing with the newest of these days, and the days themselves unless the standing knows them already.
 *
 * @param today day of the arrival; what the standing knows of days to come was noted while the clock was ahead
 */
export function withInternetDays(
  standing: MachineStanding,
  days: InternetDays,
  today: number,
): { readonly standing: MachineStanding; readonly unknownDays: InternetDays | undefined } {
  const tried = newest(begun(standing.triedDay, today), days.tried);
  const online = newest(begun(standing.onlineDay, today), days.online);
  // The newest day is the only one a standing knows of; of an older one only the history can tell.
  const isKnown = isOnly(standing.triedDay, days.tried) && isOnly(standing.onlineDay, days.online);
  return { standing: { ...standing, triedDay: tried, onlineDay: online }, unknownDays: isKnown ? undefined : days };
}

/** Reports around midnight may overtake each other, so that a day more is let stand. */
function begun(day: number | undefined, today: number): number | undefined {
  return day === undefined || day > today + 1 ? undefined : day;
}

function newest(known: number | undefined, days: readonly number[]): number | undefined {
  const last = days.at(-1);
  if (last === undefined) return known;
  return Math.max(last, known ?? last);
}

function isOnly(known: number | undefined, days: readonly number[]): boolean {
  return days.every((day) => day === known);
}
