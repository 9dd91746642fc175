import { SLOT_MS } from '#shared/protocol.ts';
import type { ReportedReceipt } from '#shared/receipt.ts';
import type { NetworkPath, NetworkWindow } from '#shared/report.ts';
import { type RttHistogram, rttBucket } from '#shared/rtt-histogram.ts';
import { saysNothing } from '../host/attempts/attempt-result.ts';
import type { NewestAttempt } from '../probes/probe.ts';
import { wholeSecond } from '../whole-second.ts';
import { gatherWindows, type ReportedNetworks } from './gather-windows.ts';
import { bestOf, MAX_SLOTS, roundMs } from './merge-windows.ts';

/** Result of one attempt on one target. */
export interface AttemptEntry {
  readonly network: string;
  readonly target: string;
  /** Round-trip time in milliseconds; absent when the attempt failed or was not allowed. */
  readonly rttMs?: number;
  readonly failure?: string;
  /** Index into the paths of the round; absent when there was no way out. */
  readonly path?: number;
  readonly status?: number;
  readonly certificateNotAfterMs?: number;
  readonly receipt?: ReportedReceipt;
}

/** What a round of attempts on every target of the plan gave. */
export interface RoundResult {
  readonly entries: readonly AttemptEntry[];
  readonly paths?: readonly NetworkPath[];
}

/** One round: one line of the attempts file. */
export interface AttemptRound extends RoundResult {
  /** Number of the round; grows by one, whatever the clock does. */
  readonly round: number;
  readonly atMs: number;
}

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

/**
 * Summarises rounds into one window per network, target and path, in the order in which they first appear; of a machine
 * that was carried to another line no window tells of both.
 */
export function summariseAttempts(rounds: readonly AttemptRound[]): ReportedNetworks {
  const tries = new Map<string, { readonly path: NetworkPath | undefined; readonly list: Try[] }>();
  for (const { atMs, entries, paths } of rounds) {
    for (const entry of entries) {
      const path = entry.path === undefined ? undefined : paths?.[entry.path];
      const key = JSON.stringify([entry.network, entry.target, path]);
      const one = tries.get(key) ?? { path, list: [] };
      one.list.push({ atMs, entry });
      tries.set(key, one);
    }
  }
  const windows = [...tries.values()].flatMap(({ path, list }) => {
    const window = summariseTarget(list);
    return window === undefined ? [] : [{ window, path }];
  });
  return gatherWindows(windows, 0);
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
  const telling = kept.filter(({ entry }) => !saysNothing(entry.failure));
  // The window tells of the network; of attempts that say nothing of it it keeps only that there were some.
  const told = telling.length > 0 ? telling : kept;
  const rttsMs = telling.flatMap(({ entry }) => (entry.rttMs === undefined ? [] : [entry.rttMs]));
  const lastFailure = told.findLast(({ entry }) => entry.failure !== undefined)?.entry.failure;
  const firstSlot = Math.min(...kept.map(({ atMs }) => slotOf(atMs)));
  // What is the same for every target of a round stands together: gzip then pays for it once.
  return {
    network: first.entry.network,
    target: first.entry.target,
    attempts: telling.length,
    successes: rttsMs.length,
    firstSlot,
    slots: slotsOf(kept, telling, firstSlot),
    firstAt: wholeSecond(Math.min(...told.map(({ atMs }) => atMs))),
    lastAt: wholeSecond(Math.max(...told.map(({ atMs }) => atMs))),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    ...newestAnswer(kept),
    ...(rttsMs.length === 0 ? {} : { rtt: summariseRtts(rttsMs) }),
  };
}

function slotsOf(kept: readonly Try[], telling: readonly Try[], firstSlot: number): string {
  const lastSlot = Math.max(...kept.map(({ atMs }) => slotOf(atMs)));
  const slots = Array.from({ length: lastSlot - firstSlot + 1 }, () => '.');
  for (const { atMs, entry } of telling) {
    const index = slotOf(atMs) - firstSlot;
    slots[index] = bestOf(slots[index] ?? '.', entry.failure === undefined ? '1' : '0');
  }
  return slots.join('');
}

function newestAnswer(tries: readonly Try[]): Pick<NetworkWindow, 'status' | 'certificateNotAfter' | 'receipts'> {
  const newest = <Name extends 'status' | 'certificateNotAfterMs' | 'receipt'>(name: Name) =>
    tries.findLast(({ entry }) => entry[name] !== undefined)?.entry[name];
  const [status, endsAtMs, receipt] = [newest('status'), newest('certificateNotAfterMs'), newest('receipt')];
  return {
    ...(status === undefined ? {} : { status }),
    ...(endsAtMs === undefined ? {} : { certificateNotAfter: wholeSecond(endsAtMs) }),
    ...(receipt === undefined ? {} : { receipts: [receipt] }),
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
