import { SLOT_MS } from '#shared/protocol.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { NetworkDayKey } from '../store/network-day-store.ts';
import type { MachineStanding, MachineVerdicts, ObservationChange } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import { advanceStanding } from './advance-standing.ts';
import type { CheckedReport } from './check-report.ts';
import type { Judge } from './judge.ts';
import { addWindows, daysOfWindow, networkDayName, type PlacedWindow, placeWindow } from './network-windows.ts';

/** A verified and checked report on its way to the disk. */
export interface ArrivedReport {
  readonly machine: MachineKey;
  readonly checked: CheckedReport;
  /** Epoch milliseconds by the collector's clock. */
  readonly arrivedAtMs: number;
}

/** What became of a report once it is durable. */
export type Applied =
  | { readonly result: 'accepted' | 'duplicate'; readonly acceptedSeq: number; readonly resend: readonly string[] }
  | { readonly result: 'retired' | 'unknown' };

/** What a batch needs beside the store. */
export interface BatchTerms {
  readonly judge: Judge;
  /** Networks of the plan in force. */
  readonly networkIds: ReadonlySet<string>;
  /** Told of every window of a network that is not in the plan. */
  readonly onUnknownNetwork: (network: string) => void;
}

interface Batch {
  readonly standings: Map<string, MachineStanding>;
  readonly changes: ObservationChange[];
  readonly windows: PlacedWindow[];
  /** Machines to judge, with the instant to judge them for. */
  readonly toJudge: Map<string, number>;
  readonly touched: Set<string>;
}

/**
 * Applies reports in one transaction: reads the standings of all their machines, works out what changes, judges the
 * machines that need it and writes everything with a few statements, however many reports there are.
 *
 * @returns one answer a report, in order
 * @throws {TramdoError} DISK_FULL, STORE_UNAVAILABLE, DATA_CORRUPT; then nothing of the batch is kept
 */
export function applyBatch(
  store: Store,
  terms: BatchTerms,
  reports: readonly ArrivedReport[],
): Promise<readonly Applied[]> {
  return store.transaction(async (transaction) => {
    const machines = [...new Map(reports.map(({ machine }) => [machine.machineId, machine])).values()];
    const standings = new Map(await transaction.reports.standings(machines));
    const batch: Batch = { standings, changes: [], windows: [], toJudge: new Map(), touched: new Set() };
    const applied = reports.map((report) => applyOne(batch, terms, report));
    await transaction.reports.saveChanges(batch.changes);
    const verdicts = await judgeTouched(transaction, terms.judge, batch);
    await transaction.reports.saveStandings(
      [...batch.touched].flatMap((machineId) => batch.standings.get(machineId) ?? []),
    );
    await transaction.reports.saveVerdicts(verdicts);
    await saveWindows(transaction, batch.windows, Math.max(...reports.map(({ arrivedAtMs }) => arrivedAtMs)));
    return applied;
  });
}

function applyOne(batch: Batch, terms: BatchTerms, { machine, checked, arrivedAtMs }: ArrivedReport): Applied {
  const standing = batch.standings.get(machine.machineId);
  if (standing === undefined) return { result: 'unknown' };
  if (standing.isRetired) return { result: 'retired' };
  const advance = advanceStanding(standing, checked, arrivedAtMs);
  const { resend } = advance;
  if (advance.isDuplicate) return { result: 'duplicate', acceptedSeq: checked.report.seq, resend };
  batch.standings.set(machine.machineId, advance.standing);
  batch.touched.add(machine.machineId);
  batch.changes.push(...advance.changes);
  if (advance.mustBeJudged || standing.judgedWith !== terms.judge.version) {
    batch.toJudge.set(machine.machineId, arrivedAtMs);
  }
  for (const window of checked.report.networks) {
    if (!terms.networkIds.has(window.network)) {
      terms.onUnknownNetwork(window.network);
      continue;
    }
    const placed = placeWindow(machine.agencyCode, window, { offsetMs: advance.offsetMs, arrivedAtMs });
    if (placed !== undefined) batch.windows.push(placed);
  }
  return { result: 'accepted', acceptedSeq: checked.report.seq, resend };
}

async function judgeTouched(store: Store, judge: Judge, batch: Batch): Promise<readonly MachineVerdicts[]> {
  const standings = [...batch.toJudge.keys()].flatMap((machineId) => batch.standings.get(machineId) ?? []);
  if (standings.length === 0) return [];
  const observations = await store.reports.observations(standings);
  return standings.map((standing) => {
    const { machineId } = standing;
    const atMs = batch.toJudge.get(machineId) ?? standing.lastSeenAtMs;
    const judged = judge.judge(standing, observations.get(machineId) ?? new Map(), atMs);
    batch.standings.set(machineId, judged.standing);
    return judged.verdicts;
  });
}

async function saveWindows(store: Store, windows: readonly PlacedWindow[], newestArrivalMs: number): Promise<void> {
  if (windows.length === 0) return;
  const keys = new Map<string, NetworkDayKey>();
  for (const window of windows) for (const key of daysOfWindow(window)) keys.set(networkDayName(key), key);
  const known = await store.networkDays.find([...keys.values()]);
  const byName = new Map(known.map((day) => [networkDayName(day), day]));
  await store.networkDays.save(addWindows(byName, windows, Math.floor(newestArrivalMs / SLOT_MS)));
}
