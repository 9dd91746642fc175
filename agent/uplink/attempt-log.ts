import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkWindow } from '#shared/report.ts';
import { type RttHistogram, rttBucket } from '#shared/rtt-histogram.ts';
import type { NewestAttempt } from '../probes/probe.ts';
import { bestOf, MAX_SLOTS, roundMs } from './merge-windows.ts';

/** Result of one attempt on one target. */
export interface AttemptEntry {
  readonly network: string;
  readonly target: string;
  /** Round-trip time in milliseconds; absent when the attempt failed or was not allowed. */
  readonly rttMs?: number;
  readonly failure?: string;
}

/** One round of attempts on every target of the plan: one line of the attempts file. */
export interface AttemptRound {
  /** Number of the round; grows by one, whatever the clock does. */
  readonly round: number;
  readonly atMs: number;
  readonly entries: readonly AttemptEntry[];
}

/** Failure of an attempt the system does not allow; it says nothing about the network. */
const NOT_PERMITTED = 'NOT_PERMITTED';

/** Reads the attempts file; lines that do not parse (cut short by a crash) are skipped. */
export function parseAttemptLog(text: string): readonly AttemptRound[] {
  return text.split('\n').flatMap((line) => {
    const round = parseRound(line);
    return round === undefined ? [] : [round];
  });
}

function parseRound(line: string): AttemptRound | undefined {
  if (line === '') return undefined;
  try {
    // Our own file, readable by our account alone; a line is whole or it does not parse.
    const round: AttemptRound = JSON.parse(line);
    return Number.isInteger(round.round) && Array.isArray(round.entries) ? round : undefined;
  } catch {
    return undefined;
  }
}

/** The newest attempt on each target, not older than `sinceMs`. */
export function newestAttempts(rounds: readonly AttemptRound[], sinceMs: number): readonly NewestAttempt[] {
  const newest = new Map<string, NewestAttempt>();
  for (const { atMs, entries } of rounds) {
    if (atMs < sinceMs) continue;
    for (const entry of entries) newest.set(`${entry.network} ${entry.target}`, { ...entry, atMs });
  }
  return [...newest.values()];
}

/** Summarises rounds into one window per target, in the order in which targets first appear. */
export function summariseAttempts(rounds: readonly AttemptRound[]): readonly NetworkWindow[] {
  const tries = new Map<string, { readonly atMs: number; readonly entry: AttemptEntry }[]>();
  for (const { atMs, entries } of rounds) {
    for (const entry of entries) {
      const key = `${entry.network} ${entry.target}`;
      const list = tries.get(key) ?? [];
      list.push({ atMs, entry });
      tries.set(key, list);
    }
  }
  return [...tries.values()].flatMap((list) => summariseTarget(list) ?? []);
}

interface Try {
  readonly atMs: number;
  readonly entry: AttemptEntry;
}

/** How far the clock may have been set back between two attempts, in slots: an hour. */
const AHEAD_SLOTS = 12;

function summariseTarget(tries: readonly Try[]): NetworkWindow | undefined {
  const newestSlot = slotOf(tries.at(-1)?.atMs ?? 0);
  // A clock that jumped by years would spread the window over millions of slots: those around the newest are kept.
  const kept = tries.filter(({ atMs }) => {
    const age = newestSlot - slotOf(atMs);
    return age < MAX_SLOTS - AHEAD_SLOTS && age >= -AHEAD_SLOTS;
  });
  const [first] = kept;
  const last = kept.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const allowed = kept.filter(({ entry }) => entry.failure !== NOT_PERMITTED);
  // The window tells of the network; of attempts that were not allowed it keeps only that there were some.
  const told = allowed.length > 0 ? allowed : kept;
  const rttsMs = allowed.flatMap(({ entry }) => (entry.rttMs === undefined ? [] : [entry.rttMs]));
  const lastFailure = told.findLast(({ entry }) => entry.failure !== undefined)?.entry.failure;
  const firstSlot = Math.min(...kept.map(({ atMs }) => slotOf(atMs)));
  const lastSlot = Math.max(...kept.map(({ atMs }) => slotOf(atMs)));
  const slots = Array.from({ length: lastSlot - firstSlot + 1 }, () => '.');
  for (const { atMs, entry } of allowed) {
    const index = slotOf(atMs) - firstSlot;
    slots[index] = bestOf(slots[index] ?? '.', entry.failure === undefined ? '1' : '0');
  }
  return {
    network: first.entry.network,
    target: first.entry.target,
    firstSlot,
    slots: slots.join(''),
    attempts: allowed.length,
    successes: rttsMs.length,
    ...(rttsMs.length === 0 ? {} : { rtt: summariseRtts(rttsMs) }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    firstAt: new Date(Math.min(...told.map(({ atMs }) => atMs))).toISOString(),
    lastAt: new Date(Math.max(...told.map(({ atMs }) => atMs))).toISOString(),
  };
}

function slotOf(atMs: number): number {
  return Math.floor(Math.max(atMs, 0) / SLOT_MS);
}

function summariseRtts(rttsMs: readonly number[]): NonNullable<NetworkWindow['rtt']> {
  const sorted = rttsMs.toSorted((a, b) => a - b);
  const rank = (quantile: number) => roundMs(sorted[Math.max(Math.ceil(quantile * sorted.length) - 1, 0)] ?? 0);
  const histogram: RttHistogram = {};
  for (const rttMs of sorted) histogram[rttBucket(rttMs)] = (histogram[rttBucket(rttMs)] ?? 0) + 1;
  return { minMs: rank(0), medianMs: rank(0.5), p95Ms: rank(0.95), maxMs: rank(1), histogram };
}
