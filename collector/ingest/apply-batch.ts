import { SLOT_MS } from '#shared/protocol.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { AgencyPlaces } from '../connectivity/agency-places.ts';
import type { AgencyTargets } from '../connectivity/agency-targets.ts';
import type { ReceiptCounts } from '../connectivity/receipt-counts.ts';
import type { NetworkDefinition } from '../networks/network-definition.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { NetworkDayKey } from '../store/network-day-store.ts';
import type { MachineStanding, MachineVerdicts, ObservationChange } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import { admitReceipts } from './admit-receipts.ts';
import { advanceStanding } from './advance-standing.ts';
import type { CheckedReceipt } from './check-receipts.ts';
import type { CheckedReport } from './check-report.ts';
import type { CountedFailures } from './counted-failures.ts';
import { type Heard, hearWindows, lastSlotOf, type TakenReport } from './hear-windows.ts';
import { IdUsers } from './id-users.ts';
import { type InternetDays, internetDaysOf, withInternetDays } from './internet-days.ts';
import type { Judge } from './judge.ts';
import { type ArrivedSamples, type DroppedSample, keepLineSamples } from './keep-line-samples.ts';
import { addWindows, daysOfWindow, networkDayName } from './network-windows.ts';
import { recordStandings } from './record-standings.ts';

/** A verified and checked report on its way to the disk. */
export interface ArrivedReport {
  readonly machine: MachineKey;
  readonly checked: CheckedReport;
  /** Receipts of its windows, each verified by itself, in the order of the report. */
  readonly receipts: readonly CheckedReceipt[];
  /** From when on the machine counts for its agency, epoch milliseconds; of one that signs with a former key, absent. */
  readonly countsSinceMs?: number;
  /** Epoch milliseconds by the collector's clock. */
  readonly arrivedAtMs: number;
  /**
   * When it was made, by the machine's clock and never later than the arrival, epoch milliseconds; only of a report that
   * was carried by hand.
   */
  readonly madeAtMs?: number;
  /** How long a relay kept it, milliseconds. */
  readonly waitedMs?: number;
}

/** What became of a report once it is durable. */
export type Applied =
  | { readonly result: 'accepted' | 'duplicate'; readonly acceptedSeq: number; readonly resend: readonly string[] }
  | { readonly result: 'conflict' | 'retired' | 'unknown' };

/** What a batch needs beside the store. */
export interface BatchTerms {
  readonly judge: Judge;
  /** Networks whose measurements are taken in, by their id. */
  readonly networks: () => ReadonlyMap<string, NetworkDefinition>;
  /** Knows which samples speak for which agency. */
  readonly places: AgencyPlaces;
  /** Keeps what agencies see of each target. */
  readonly targets: AgencyTargets;
  /** Keeps a machine from being counted twice in one slot. */
  readonly countedFailures: CountedFailures;
  /** Told of every receipt of a report that was taken. */
  readonly receiptCounts: ReceiptCounts;
  /** Told of every window of a network that is none of them. */
  readonly onUnknownNetwork: (network: string) => void;
  /** Told of every sample of a line that was not kept. */
  readonly onDroppedSample?: (why: DroppedSample, machine: MachineKey) => void;
}

interface Batch {
  readonly standings: Map<string, MachineStanding>;
  readonly changes: ObservationChange[];
  readonly taken: TakenReport[];
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
export async function applyBatch(
  store: Store,
  terms: BatchTerms,
  reports: readonly ArrivedReport[],
): Promise<readonly Applied[]> {
  const places = await terms.places.begin();
  const { answers, receipts, settleTargets } = await store.transaction(async (transaction) => {
    const machines = [...new Map(reports.map(({ machine }) => [machine.machineId, machine])).values()];
    const before = await transaction.reports.standings(machines);
    const batch: Batch = {
      standings: new Map(before),
      changes: [],
      taken: [],
      samples: [],
      toJudge: new Map(),
      touched: new Set(),
      internetDays: new Map(),
      idUsers: await IdUsers.of(transaction, before, reports),
    };
    const applied = reports.map((report) => applyOne(batch, terms, report));
    const atMs = Math.max(...reports.map(({ arrivedAtMs }) => arrivedAtMs));
    await transaction.reports.saveChanges(batch.changes);
    const receipts = await admitReceipts(transaction, batch.taken);
    const heard = await hearWindows(transaction, terms, { places, receipts, taken: batch.taken, atMs });
    for (const one of heard) noteInternetDays(batch, terms, one);
    const verdicts = await judgeTouched(transaction, terms.judge, batch);
    const after = [...batch.touched].flatMap((machineId) => batch.standings.get(machineId) ?? []);
    await recordStandings(transaction, { before, after, atMs, internetDays: batch.internetDays });
    await transaction.reports.saveVerdicts(verdicts);
    await saveWindows(transaction, heard, atMs);
    const sights = heard.flatMap(({ windows }) => windows);
    const settleTargets = await terms.targets.note(transaction, sights, terms.networks());
    await keepLineSamples(transaction, batch.samples, {
      isKnownNetwork: (network) => terms.networks().has(network),
      onDropped: (why, machine) => terms.onDroppedSample?.(why, machine),
    });
    await batch.idUsers.save(transaction, terms.judge);
    return { answers: applied, receipts, settleTargets };
  });
  places.settle();
  settleTargets();
  for (const { result } of [...receipts.values()].flat()) terms.receiptCounts.add(result);
  return answers;
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
  batch.standings.set(machineId, advance.standing);
  batch.taken.push({ report, offsetMs: advance.offsetMs });
  const { lineSamples: samples = [] } = checked.report;
  if (samples.length > 0) batch.samples.push({ machine, samples, offsetMs: advance.offsetMs, arrivedAtMs });
  return { result: 'accepted', acceptedSeq: checked.report.seq, resend };
}

function noteInternetDays(batch: Batch, { networks }: BatchTerms, { report, windows }: Heard): void {
  const { machineId } = report.machine;
  const standing = batch.standings.get(machineId);
  const internet = windows.filter(({ window }) => networks().get(window.network)?.kind === 'internet');
  if (standing === undefined) return;
  const tried = internetDaysOf(internet, lastSlotOf(report));
  const days = withInternetDays(standing, tried, dayNumber(report.arrivedAtMs));
  batch.standings.set(machineId, days.standing);
  if (days.unknownDays !== undefined) addDays(batch.internetDays, machineId, days.unknownDays);
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

async function saveWindows(store: Store, heard: readonly Heard[], newestArrivalMs: number): Promise<void> {
  const windows = heard.flatMap((one) => one.windows);
  if (windows.length === 0) return;
  const keys = new Map<string, NetworkDayKey>();
  for (const window of windows) for (const key of daysOfWindow(window)) keys.set(networkDayName(key), key);
  const known = await store.networkDays.find([...keys.values()]);
  const byName = new Map(known.map((day) => [networkDayName(day), day]));
  const failures = heard.flatMap((one) => one.failures);
  const lastSlot = Math.floor(newestArrivalMs / SLOT_MS);
  await store.networkDays.save(addWindows(byName, windows, { lastSlot, failures }));
}
