import type { PlanNetwork } from '#shared/plan.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { NetworkDayKey } from '../store/network-day-store.ts';
import type { MachineStanding, MachineVerdicts, ObservationChange } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import { advanceStanding } from './advance-standing.ts';
import type { CheckedReport } from './check-report.ts';
import { IdUsers } from './id-users.ts';
import { type InternetDays, internetDaysOf, withInternetDays } from './internet-days.ts';
import type { Judge } from './judge.ts';
import { type ArrivedSamples, type DroppedSample, keepLineSamples } from './keep-line-samples.ts';
import { addWindows, daysOfWindow, networkDayName, type PlacedWindow, placeWindow } from './network-windows.ts';
import { recordStandings } from './record-standings.ts';

/** A verified and checked report on its way to the disk. */
export interface ArrivedReport {
  readonly machine: MachineKey;
  readonly checked: CheckedReport;
  /** Epoch milliseconds by the collector's clock. */
  readonly arrivedAtMs: number;
  /**
   * When it was made, by the machine's clock and never later than the arrival, epoch milliseconds; only of a report that
   * was carried by hand.
   */
  readonly madeAtMs?: number;
}

/** What became of a report once it is durable. */
export type Applied =
  | { readonly result: 'accepted' | 'duplicate'; readonly acceptedSeq: number; readonly resend: readonly string[] }
  | { readonly result: 'conflict' | 'retired' | 'unknown' };

/** What a batch needs beside the store. */
export interface BatchTerms {
  readonly judge: Judge;
  /** Kinds of the networks of the plan in force, by their id. */
  readonly networkKinds: ReadonlyMap<string, PlanNetwork['kind']>;
  /** Told of every window of a network that is not in the plan. */
  readonly onUnknownNetwork: (network: string) => void;
  /** Told of every sample of a line that was not kept. */
  readonly onDroppedSample?: (why: DroppedSample, machine: MachineKey) => void;
}

interface Batch {
  readonly standings: Map<string, MachineStanding>;
  readonly changes: ObservationChange[];
  readonly windows: PlacedWindow[];
  readonly samples: ArrivedSamples[];
  /** Machines to judge, with the instant to judge them for. */
  readonly toJudge: Map<string, number>;
  readonly touched: Set<string>;
  /** Days on the Internet that are not known yet, by machine id. */
  readonly internetDays: Map<string, InternetDays>;
  readonly idUsers: IdUsers;
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
    const before = await transaction.reports.standings(machines);
    const batch: Batch = {
      standings: new Map(before),
      changes: [],
      windows: [],
      samples: [],
      toJudge: new Map(),
      touched: new Set(),
      internetDays: new Map(),
      idUsers: await IdUsers.of(transaction, before, reports),
    };
    const applied = reports.map((report) => applyOne(batch, terms, report));
    const atMs = Math.max(...reports.map(({ arrivedAtMs }) => arrivedAtMs));
    await transaction.reports.saveChanges(batch.changes);
    const verdicts = await judgeTouched(transaction, terms.judge, batch);
    const after = [...batch.touched].flatMap((machineId) => batch.standings.get(machineId) ?? []);
    await recordStandings(transaction, { before, after, atMs, internetDays: batch.internetDays });
    await transaction.reports.saveVerdicts(verdicts);
    await saveWindows(transaction, batch.windows, atMs);
    await keepLineSamples(transaction, batch.samples, {
      isKnownNetwork: (network) => terms.networkKinds.has(network),
      onDropped: (why, machine) => terms.onDroppedSample?.(why, machine),
    });
    await batch.idUsers.save(transaction, terms.judge);
    return applied;
  });
}

function applyOne(batch: Batch, terms: BatchTerms, report: ArrivedReport): Applied {
  const { machine, checked, arrivedAtMs } = report;
  const { machineId } = machine;
  const known = batch.standings.get(machineId);
  if (known === undefined) return { result: 'unknown' };
  if (known.isRetired) return { result: 'retired' };
  const standing = batch.idUsers.admit(known, report);
  if (standing === undefined) return { result: 'conflict' };
  if (standing !== known) {
    batch.standings.set(machineId, standing);
    batch.touched.add(machineId);
  }
  const advance = advanceStanding(standing, checked, report);
  const { resend } = advance;
  if (advance.isDuplicate) return { result: 'duplicate', acceptedSeq: checked.report.seq, resend };
  batch.touched.add(machineId);
  batch.changes.push(...advance.changes);
  if (advance.mustBeJudged || standing.judgedWith !== terms.judge.version) batch.toJudge.set(machineId, arrivedAtMs);
  const placed = placeWindows(terms, report, advance.offsetMs);
  batch.windows.push(...placed);
  const { lineSamples: samples = [] } = checked.report;
  if (samples.length > 0) batch.samples.push({ machine, samples, offsetMs: advance.offsetMs, arrivedAtMs });
  const internet = placed.filter(({ window }) => terms.networkKinds.get(window.network) === 'internet');
  const tried = internetDaysOf(internet, Math.floor(arrivedAtMs / SLOT_MS));
  const days = withInternetDays(advance.standing, tried, dayNumber(arrivedAtMs));
  batch.standings.set(machineId, days.standing);
  if (days.unknownDays !== undefined) addDays(batch.internetDays, machineId, days.unknownDays);
  return { result: 'accepted', acceptedSeq: checked.report.seq, resend };
}

function placeWindows(
  terms: BatchTerms,
  { machine, checked, arrivedAtMs }: ArrivedReport,
  offsetMs: number,
): readonly PlacedWindow[] {
  return checked.report.networks.flatMap((window) => {
    if (!terms.networkKinds.has(window.network)) {
      terms.onUnknownNetwork(window.network);
      return [];
    }
    return placeWindow(machine.agencyCode, window, { offsetMs, arrivedAtMs }) ?? [];
  });
}

/** Two reports of one machine may come in one batch. */
function addDays(all: Map<string, InternetDays>, machineId: string, { tried, online }: InternetDays): void {
  const before = all.get(machineId) ?? { tried: [], online: [] };
  all.set(machineId, { tried: [...before.tried, ...tried], online: [...before.online, ...online] });
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
