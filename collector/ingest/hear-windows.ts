import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkPath } from '#shared/report.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { PlaceBatch } from '../connectivity/agency-places.ts';
import { type Place, placeOf } from '../connectivity/place.ts';
import type { Sighting } from '../store/place-store.ts';
import type { Store } from '../store/store.ts';
import type { ArrivedReport, BatchTerms } from './apply-batch.ts';
import type { CheckedReceipt } from './check-receipts.ts';
import { type FailedSlots, failedSlots, type PlacedWindow, placeWindow } from './network-windows.ts';

/** A report that was taken, with the machine's clock minus the collector's, milliseconds. */
export interface TakenReport {
  readonly report: ArrivedReport;
  readonly offsetMs: number;
}

/** What a report says for the agency of its machine. */
export interface Heard {
  readonly report: ArrivedReport;
  /** Windows that speak for the agency. */
  readonly windows: readonly PlacedWindow[];
  /** Slots in which its machine only failed and was not counted before. */
  readonly failures: readonly FailedSlots[];
}

interface Hearing {
  readonly places: PlaceBatch;
  /** What became of the receipts of each report. */
  readonly receipts: ReadonlyMap<ArrivedReport, readonly CheckedReceipt[]>;
  readonly taken: readonly TakenReport[];
  /** Instant of the newest arrival, epoch milliseconds. */
  readonly atMs: number;
}

interface Told {
  readonly placed: PlacedWindow;
  /** Absent when there was no way out. */
  readonly way?: { readonly path: NetworkPath; readonly place: Place | undefined } | undefined;
}

/**
 * Lays the windows of reports on the collector's clock, writes down where their machines were, and keeps what speaks
 * for their agencies, by the rule of learnPlaces().
 *
 * @returns one element a report, in order
 */
export async function hearWindows(
  store: Store,
  terms: Pick<BatchTerms, 'countedFailures' | 'networks' | 'onUnknownNetwork'>,
  { places, receipts, taken, atMs }: Hearing,
): Promise<readonly Heard[]> {
  const told = taken.map((one) => ({
    report: one.report,
    windows: tellWindows(terms, one, receipts.get(one.report) ?? []),
  }));
  const sightings = told.flatMap(({ report, windows }) => sightingsOf(report, windows));
  if (sightings.length > 0) await places.note(store, sightings, atMs);
  return told.map(({ report, windows }) => {
    const { agencyCode, machineId } = report.machine;
    const ways = new Set(windows.map(({ way }) => way));
    const ownWays = new Set([...ways].filter((way) => way !== undefined && places.isOwn(agencyCode, way)));
    const own = windows.flatMap(({ placed, way }) => (ownWays.has(way) ? [placed] : []));
    const failures = terms.countedFailures.take(machineId, failedSlots(own, lastSlotOf(report)));
    return { report, windows: own, failures };
  });
}

/** Newest slot a report can speak of, by the collector's clock. */
export function lastSlotOf({ arrivedAtMs }: Pick<ArrivedReport, 'arrivedAtMs'>): number {
  return Math.floor(arrivedAtMs / SLOT_MS);
}

function tellWindows(
  { networks, onUnknownNetwork }: Pick<BatchTerms, 'networks' | 'onUnknownNetwork'>,
  { report: { machine, checked, arrivedAtMs, countsSinceMs }, offsetMs }: TakenReport,
  receipts: readonly CheckedReceipt[],
): readonly Told[] {
  const known = networks();
  const ways = checked.report.paths?.map((path) => ({ path, place: placeOf(path) })) ?? [];
  return checked.report.networks.flatMap((window, index) => {
    if (!known.has(window.network)) {
      onUnknownNetwork(window.network);
      return [];
    }
    const placed = placeWindow(machine.agencyCode, window, {
      ...{ offsetMs, arrivedAtMs, countsSinceMs },
      receipts: receipts.filter(({ windowIndex }) => windowIndex === index),
    });
    const way = window.path === undefined ? undefined : ways[window.path];
    return placed === undefined ? [] : [{ placed, way }];
  });
}

/** Where a machine was on which days, each once. */
function sightingsOf(report: ArrivedReport, windows: readonly Told[]): readonly Sighting[] {
  const { agencyCode, machineId } = report.machine;
  const sightings = new Map<string, Sighting>();
  for (const { placed, way } of windows) {
    const place = way?.place;
    if (place === undefined) continue;
    for (const day of daysTried(placed, lastSlotOf(report))) {
      const name = `${place.addressRange} ${place.gateway} ${day}`;
      if (!sightings.has(name)) sightings.set(name, { agencyCode, machineId, ...place, day });
    }
  }
  return [...sightings.values()];
}

/** Days (Asia/Ho_Chi_Minh) on which anything was tried. */
function daysTried({ window, firstSlot }: PlacedWindow, lastSlot: number): ReadonlySet<number> {
  const days = new Set<number>();
  const end = Math.min(window.slots.length, lastSlot - firstSlot + 1);
  for (let index = 0; index < end; index += 1) {
    if (window.slots[index] !== '.') days.add(dayNumber((firstSlot + index) * SLOT_MS));
  }
  return days;
}
