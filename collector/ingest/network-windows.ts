import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkWindow } from '#shared/report.ts';
import type { NetworkDay, NetworkDayKey } from '../store/network-day-store.ts';
import { RttCounts } from '../store/rtt-counts.ts';
import { SlotCounts } from '../store/slot-counts.ts';
import { SLOTS_PER_DAY, SlotSet } from '../store/slot-set.ts';
import type { CheckedReceipt } from './check-receipts.ts';

/** Difference of the clocks up to which slots stay where the machine counted them, in milliseconds. */
const SLOT_TOLERANCE_MS = 60_000;

/** Form of the code of a failure, whether this version knows it or not. */
const FAILURE_CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Most attempts on one target in one slot: a round a second, the shortest interval a plan may have. */
const MOST_ATTEMPTS = SLOT_MS / 1_000;

/** Code of the failure of an attempt that something else than a beacon of the network answered. */
const FAKE = 'RECEIPT_INVALID';

/**
 * How long before it joined or was moved a machine may speak of, in milliseconds: its clock is laid on the collector's
 * by guess.
 */
const JOIN_TOLERANCE_MS = 3_600_000;

/** Oldest slot that is still counted, in slots before the arrival: the outbox of an agent keeps 35 days. */
const MAX_SLOT_AGE = 40 * SLOTS_PER_DAY;

/** The attempts of one machine on one target, laid on the collector's clock. */
export interface PlacedWindow {
  readonly agencyCode: string;
  readonly window: NetworkWindow;
  /** Number of the first slot by the collector's clock. */
  readonly firstSlot: number;
  /** Newest attempt, epoch milliseconds, never later than the arrival. */
  readonly newestAtMs: number;
  /** Slots of it for which a beacon of the network signed, by the collector's clock; none when absent. */
  readonly signed?: readonly SignedSlot[];
}

/** A slot for which a beacon signed. */
export interface SignedSlot {
  readonly slot: number;
  /** Id of the key. */
  readonly kid: string;
}

/** Slots in which one machine tried a network and reached none of its targets. */
export interface FailedSlots {
  readonly agencyCode: string;
  readonly network: string;
  /** By the collector's clock, each once. */
  readonly slots: readonly number[];
}

/**
 * Slots in which a machine only failed, network by network: one target that answers is the network that answers; pure.
 *
 * @param windows of one report, so of one machine
 * @param lastSlot newest slot there can be, by the collector's clock
 */
export function failedSlots(windows: readonly PlacedWindow[], lastSlot: number): readonly FailedSlots[] {
  // Nearly always nothing failed.
  if (!windows.some(({ window }) => window.slots.includes('0'))) return [];
  const networks = new Map<string, { readonly agencyCode: string; readonly reached: Map<number, boolean> }>();
  for (const { agencyCode, window, firstSlot } of windows) {
    const { reached } = networks.get(window.network) ?? { reached: new Map<number, boolean>() };
    for (const [index, result] of [...window.slots].entries()) {
      const slot = firstSlot + index;
      if (result === '.' || slot > lastSlot) continue;
      reached.set(slot, result === '1' || reached.get(slot) === true);
    }
    networks.set(window.network, { agencyCode, reached });
  }
  return [...networks].flatMap(([network, { agencyCode, reached }]) => {
    const slots = [...reached].flatMap(([slot, isReached]) => (isReached ? [] : [slot]));
    return slots.length === 0 ? [] : [{ agencyCode, network, slots }];
  });
}

/**
 * Lays a window on the collector's clock. Slots later than the arrival are cut off when the window is added.
 *
 * @returns undefined when the window says nothing: the system did not allow a single attempt, or it lies outside the
 * time that is counted
 */
export function placeWindow(
  agencyCode: string,
  window: NetworkWindow,
  clock: {
    readonly offsetMs: number;
    readonly arrivedAtMs: number;
    /** From when on the machine counts for the agency, epoch milliseconds. */
    readonly countsSinceMs?: number | undefined;
    readonly receipts?: readonly Pick<CheckedReceipt, 'receipt' | 'result'>[];
  },
): PlacedWindow | undefined {
  if (window.attempts === 0) return undefined;
  const isOff = Math.abs(clock.offsetMs) > SLOT_TOLERANCE_MS;
  const firstSlot = window.firstSlot - (isOff ? Math.round(clock.offsetMs / SLOT_MS) : 0);
  const arrivalSlot = Math.floor(clock.arrivedAtMs / SLOT_MS);
  if (firstSlot > arrivalSlot || firstSlot < arrivalSlot - MAX_SLOT_AGE) return undefined;
  const receipts = clock.receipts ?? [];
  const counted = withoutSlotsBefore(window, (clock.countsSinceMs ?? 0) - JOIN_TOLERANCE_MS - firstSlot * SLOT_MS);
  const signed = signedSlots(counted, firstSlot, receipts);
  return {
    agencyCode,
    window: withoutMadeUpTimes(withoutTextAsCode(withoutFakes(counted, receipts))),
    firstSlot,
    ...(signed.length === 0 ? {} : { signed }),
    newestAtMs: Math.min(Date.parse(window.lastAt) - clock.offsetMs, clock.arrivedAtMs),
  };
}

function signedSlots(
  window: NetworkWindow,
  firstSlot: number,
  receipts: readonly Pick<CheckedReceipt, 'receipt' | 'result'>[],
): readonly SignedSlot[] {
  return receipts.flatMap(({ receipt: { slot, kid }, result }) => {
    const index = slot - window.firstSlot;
    return result === 'accepted' && window.slots[index] === '1' ? [{ slot: firstSlot + index, kid }] : [];
  });
}

/**
 * A window in which something answered that is no beacon of the network: what it answered were no successes. Only slots
 * for which a beacon did sign stay, and in a window of many days those of a day whose receipts are all genuine: it brings
 * the newest of each day, and one fake must not undo a month.
 */
function withoutFakes(
  window: NetworkWindow,
  receipts: readonly Pick<CheckedReceipt, 'receipt' | 'result'>[],
): NetworkWindow {
  if (!receipts.some(isFake)) return window;
  const accepted = receipts.filter(({ result }) => result === 'accepted').map(({ receipt }) => receipt.slot);
  const signed = new Set(accepted);
  const genuineDays = new Set(accepted.map(dayOfSlot));
  for (const fake of receipts.filter(isFake)) genuineDays.delete(dayOfSlot(fake.receipt.slot));
  const stays = (slot: number) => signed.has(slot) || genuineDays.has(dayOfSlot(slot));
  const slots = [...window.slots]
    .map((one, index) => (one === '1' && !stays(window.firstSlot + index) ? '0' : one))
    .join('');
  const { rtt: _ofFakes, ...rest } = window;
  return { ...rest, slots, successes: slots.replaceAll(/[^1]/g, '').length, lastFailure: FAKE };
}

function isFake({ result }: Pick<CheckedReceipt, 'result'>): boolean {
  return result === 'bad_signature' || result === 'unknown_key';
}

/** Day (UTC) of a slot. */
function dayOfSlot(slot: number): number {
  return Math.floor(slot / SLOTS_PER_DAY);
}

/** A window whose failure is no code loses it: people and programs read it as one, and a machine can write anything. */
function withoutTextAsCode(window: NetworkWindow): NetworkWindow {
  const { lastFailure, ...rest } = window;
  return lastFailure === undefined || FAILURE_CODE.test(lastFailure) ? window : rest;
}

/**
 * A window with more round-trip times than attempts can have been made in its slots loses them: a figure of the whole
 * agency must not be the word of one machine.
 */
function withoutMadeUpTimes(window: NetworkWindow): NetworkWindow {
  const { rtt, ...rest } = window;
  if (rtt === undefined) return window;
  const count = Object.values(rtt.histogram).reduce((sum, ofBucket) => sum + ofBucket, 0);
  const mostCount = rest.slots.replaceAll(/[^1]/g, '').length * MOST_ATTEMPTS;
  return count <= mostCount ? window : rest;
}

/** The days a window touches. */
export function daysOfWindow({ agencyCode, window, firstSlot }: PlacedWindow): NetworkDayKey[] {
  const first = Math.floor(firstSlot / SLOTS_PER_DAY);
  const last = Math.floor((firstSlot + window.slots.length - 1) / SLOTS_PER_DAY);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    agencyCode,
    network: window.network,
    day: first + index,
  }));
}

/** Text that names a day of a network of an agency. */
export function networkDayName({ agencyCode, network, day }: NetworkDayKey): string {
  return `${agencyCode} ${network} ${day}`;
}

/**
 * Adds windows to the days they touch. Round-trip times are counted on the day of the newest attempt, since a window
 * has one histogram.
 *
 * @param known the days that are stored, by {@link networkDayName}
 * @param terms `failures` of the same windows; `lastSlot` is the newest slot there can be, by the collector's clock
 * @returns the days that changed, in no order
 */
export function addWindows(
  known: ReadonlyMap<string, NetworkDay>,
  windows: readonly PlacedWindow[],
  { lastSlot, failures = [] }: { readonly lastSlot: number; readonly failures?: readonly FailedSlots[] },
): readonly NetworkDay[] {
  const days = new Map<string, NetworkDay>();
  for (const placed of windows) {
    for (const key of daysOfWindow(placed)) {
      const name = networkDayName(key);
      const before = days.get(name) ?? known.get(name) ?? newDay(key, placed.newestAtMs);
      if (key.day * SLOTS_PER_DAY <= lastSlot) days.set(name, addToDay(before, placed, lastSlot));
    }
  }
  for (const { agencyCode, network, slots } of failures) {
    for (const slot of slots) {
      const day = Math.floor(slot / SLOTS_PER_DAY);
      days.get(networkDayName({ agencyCode, network, day }))?.failedCounts.add(slot - day * SLOTS_PER_DAY);
    }
  }
  return [...days.values()];
}

function newDay(key: NetworkDayKey, newestAttemptAtMs: number): NetworkDay {
  const slots = { on: SlotSet.empty(), reached: SlotSet.empty(), verified: SlotSet.empty(), verifiedBy: new Map() };
  return { ...key, ...slots, failedCounts: SlotCounts.none(), rtt: RttCounts.none(), newestAttemptAtMs };
}

function addToDay(day: NetworkDay, placed: PlacedWindow, lastSlot: number): NetworkDay {
  const { window, firstSlot, newestAtMs } = placed;
  const dayStart = day.day * SLOTS_PER_DAY;
  const end = Math.min(firstSlot + window.slots.length, dayStart + SLOTS_PER_DAY, lastSlot + 1);
  for (let slot = Math.max(firstSlot, dayStart); slot < end; slot += 1) {
    const result = window.slots[slot - firstSlot];
    if (result === '.') continue;
    day.on.add(slot - dayStart);
    if (result === '1') day.reached.add(slot - dayStart);
  }
  const isDayOfNewest = Math.floor(newestAtMs / SLOT_MS / SLOTS_PER_DAY) === day.day;
  const { lastFailure, rtt, successes } = window;
  const isNewest = newestAtMs >= day.newestAttemptAtMs;
  const newestFailure = isNewest && lastFailure !== undefined ? lastFailure : day.newestFailure;
  const successAtMs = successes > 0 ? newestAtMs : undefined;
  const newestSuccessAtMs = Math.max(successAtMs ?? 0, day.newestSuccessAtMs ?? 0);
  return {
    ...day,
    verifiedBy: signersWith(day, placed, lastSlot),
    rtt: rtt !== undefined && isDayOfNewest ? day.rtt.with(rtt.histogram) : day.rtt,
    newestAttemptAtMs: Math.max(newestAtMs, day.newestAttemptAtMs),
    ...(newestSuccessAtMs === 0 ? {} : { newestSuccessAtMs }),
    ...(newestFailure === undefined ? {} : { newestFailure }),
  };
}

/** Marks the signed slots of the day as verified. */
function signersWith(day: NetworkDay, { signed = [] }: PlacedWindow, lastSlot: number): NetworkDay['verifiedBy'] {
  const dayStart = day.day * SLOTS_PER_DAY;
  const ofDay = signed.filter(({ slot }) => slot >= dayStart && slot < dayStart + SLOTS_PER_DAY && slot <= lastSlot);
  if (ofDay.length === 0) return day.verifiedBy;
  const signers = new Map(day.verifiedBy);
  for (const { slot, kid } of ofDay) {
    const slots = signers.get(kid) ?? SlotSet.empty();
    slots.add(slot - dayStart);
    signers.set(kid, slots);
    day.verified.add(slot - dayStart);
  }
  return signers;
}

/** A window without the slots that begin earlier than so many milliseconds after its first one: nobody was asked then. */
function withoutSlotsBefore(window: NetworkWindow, afterFirstMs: number): NetworkWindow {
  const count = Math.min(Math.ceil(afterFirstMs / SLOT_MS), window.slots.length);
  return count <= 0 ? window : { ...window, slots: '.'.repeat(count) + window.slots.slice(count) };
}
