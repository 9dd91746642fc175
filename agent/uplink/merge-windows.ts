import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkWindow } from '#shared/report.ts';
import { histogramQuantileMs, mergeHistograms } from '#shared/rtt-histogram.ts';

/** Longest window a report may carry, in slots: 35 days, the age at which the outbox lets go. */
export const MAX_SLOTS = 10_080;

/** Most receipts of one window; see shared/report.ts. */
const MAX_RECEIPTS = 40;

type Receipts = NonNullable<NetworkWindow['receipts']>;

/**
 * Adds two windows of the same network, target and path: slots are laid side by side (`.` where nobody tried, a success wins where both
 * did), counts are summed, quantiles are taken from the summed histogram, and slots before `oldestSlotMs` fall away.
 * Of receipts the newest of each day stays. Windows further apart than a report may carry come from a clock that jumped: the newer one is kept.
 */
export function mergeWindows(older: NetworkWindow, newer: NetworkWindow, oldestSlotMs: number): NetworkWindow {
  const first = Math.min(older.firstSlot, newer.firstSlot);
  const end = Math.max(older.firstSlot + older.slots.length, newer.firstSlot + newer.slots.length);
  if (end - Math.max(first, Math.floor(oldestSlotMs / SLOT_MS)) > MAX_SLOTS) return newer;
  const kept = Math.min(Math.max(first, Math.floor(oldestSlotMs / SLOT_MS)), end - 1);
  let slots = '';
  for (let slot = kept; slot < end; slot += 1) slots += bestOf(slotAt(older, slot), slotAt(newer, slot));
  const rtt = mergeRtt(older.rtt, newer.rtt);
  // A window in which no attempt told anything tells nothing of the network, not even why it failed.
  const told = [newer, older].filter(({ attempts }) => attempts > 0);
  const { lastFailure } = (told.length > 0 ? told : [newer, older]).find((one) => one.lastFailure !== undefined) ?? {};
  return {
    network: newer.network,
    target: newer.target,
    attempts: older.attempts + newer.attempts,
    successes: older.successes + newer.successes,
    firstSlot: kept,
    slots,
    firstAt: earlier(older.firstAt, newer.firstAt),
    lastAt: later(older.lastAt, newer.lastAt),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    ...mergeAnswers(older, newer),
    ...(rtt === undefined ? {} : { rtt }),
  };
}

type Answers = Pick<NetworkWindow, 'status' | 'certificateNotAfter' | 'receipts'>;

function mergeAnswers(older: NetworkWindow, newer: NetworkWindow): Answers {
  const status = newer.status ?? older.status;
  const certificateNotAfter = newer.certificateNotAfter ?? older.certificateNotAfter;
  const receipts = newestOfEachDay([...(older.receipts ?? []), ...(newer.receipts ?? [])]);
  return {
    ...(status === undefined ? {} : { status }),
    ...(certificateNotAfter === undefined ? {} : { certificateNotAfter }),
    ...(receipts.length === 0 ? {} : { receipts }),
  };
}

/** The newest receipt of each day (UTC, by the beacon's clock), oldest first; one proves the day. */
function newestOfEachDay(receipts: readonly Receipts[number][]): Receipts {
  const byDay = new Map<string, Receipts[number]>();
  for (const receipt of receipts.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    byDay.set(receipt.at.slice(0, 10), receipt);
  }
  return [...byDay.values()].slice(-MAX_RECEIPTS);
}

/** What two rounds in one slot come to: a success wins, then a failure. */
export function bestOf(a: string, b: string): string {
  if (a === '1' || b === '1') return '1';
  return a === '0' || b === '0' ? '0' : '.';
}

function earlier(a: string, b: string): string {
  return [a, b].toSorted()[0] ?? a;
}

function later(a: string, b: string): string {
  return [a, b].toSorted()[1] ?? b;
}

function slotAt(window: NetworkWindow, slot: number): string {
  return window.slots[slot - window.firstSlot] ?? '.';
}

type Rtt = NetworkWindow['rtt'];

function mergeRtt(older: Rtt, newer: Rtt): Rtt {
  if (older === undefined || newer === undefined) return newer ?? older;
  const histogram = mergeHistograms([older.histogram, newer.histogram]);
  const minMs = Math.min(older.minMs, newer.minMs);
  const maxMs = Math.max(older.maxMs, newer.maxMs);
  // A bucket's middle may lie just outside of what was measured.
  const quantile = (q: number) => roundMs(Math.min(Math.max(histogramQuantileMs(histogram, q) ?? maxMs, minMs), maxMs));
  return {
    minMs,
    medianMs: quantile(0.5),
    p95Ms: quantile(0.95),
    maxMs,
    histogram,
  };
}

/** Milliseconds to one decimal below ten and to whole ones from there: finer than any network repeats itself. */
export function roundMs(ms: number): number {
  return ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms);
}
