import type { MachineKind } from '#shared/observations/hardware.ts';
import type { PlanNetwork } from '#shared/plan.ts';
import type { Verdict } from '#shared/verdict.ts';
import type { Reason } from '../baselines/reasons.ts';
import type { ReceiptResult } from '../connectivity/verify-receipt.ts';
import type { ProductFlags } from '../indicators/formula.ts';
import type { IndexSet } from '../indicators/index-set.ts';
import type { AgentState } from '../ingest/agent-key.ts';
import type { ReportClass } from '../ingest/report-class.ts';
import type { MeasuredLine } from '../networks/measured-lines.ts';
import type { RegisteredAgency } from '../register/register-state.ts';
import type { TargetCertificate } from '../store/agency-target-store.ts';
import type { BackupKind } from '../store/upkeep-store.ts';

/** One sample of a family. */
export interface Sample<Label extends string = string> {
  readonly labels: Readonly<Record<Label, string>>;
  readonly value: number;
}

/** Where a machine stands: how long ago its newest report came, in working days. */
export const MACHINE_STATES = ['reporting', 'silent', 'lost'] as const;

/** One of {@link MACHINE_STATES}. */
export type MachineState = (typeof MACHINE_STATES)[number];

/** Verdicts by rule id. */
export type VerdictMap = Readonly<Record<string, Verdict>>;

/** Machines of one agency that share everything that is counted; retired machines are in no group. */
export interface MachineGroup {
  readonly agencyCode: string;
  /** Undefined until the hardware was seen. */
  readonly kind: MachineKind | undefined;
  readonly state: MachineState;
  readonly verdicts: VerdictMap;
  /** Antivirus products of the catalogue (`other` for the rest) and what each does, sorted by product. */
  readonly antivirus: readonly Pick<AntivirusGroup, 'product' | 'state'>[];
  /** Whether an attempt on a network of kind `internet` succeeded within the window; undefined when none was made. */
  readonly isOnInternet: boolean | undefined;
  readonly machineCount: number;
  /** Ids of the machines, sorted; absent where only counts were asked for. */
  readonly machineIds?: readonly string[];
}

/** Machines of one agency by antivirus product and what it does there. */
export interface AntivirusGroup {
  readonly agencyCode: string;
  /** Id of the catalogue, or `other`. */
  readonly product: string;
  readonly state: 'active' | 'stale' | 'off';
  readonly machineCount: number;
}

/** A rule that an agency, and what stands below it in the tree, is excepted from for a time. */
export interface RunningException {
  readonly agencyCode: string;
  readonly ruleId: string;
}

/** Machines that run one version of the agent. */
export interface AgentVersions {
  /** Versions that may be shown, oldest first: machines can send any text. */
  readonly versions: readonly string[];
  readonly groups: readonly { readonly version: string; readonly state: AgentState; readonly machineCount: number }[];
}

/** What an agency has of a network; `verified` needs a receipt that a beacon of the network signed. */
export const NETWORK_RESULTS = ['verified', 'reached', 'not_reached', 'unknown'] as const;

/** One of {@link NETWORK_RESULTS}. */
export type NetworkResult = (typeof NETWORK_RESULTS)[number];

/** What the PCs of one agency saw of one network. */
export interface NetworkFigures {
  readonly agencyCode: string;
  readonly level: string;
  readonly network: string;
  readonly kind: PlanNetwork['kind'];
  /** Best of the agency's PCs within the few reports that decide the current result. */
  readonly result: NetworkResult;
  /** Best of the agency's PCs within the whole window of availability, which is what indicators count. */
  readonly windowResult: NetworkResult;
  /** Five-minute slots in which a PC of the agency was on, and those of them with a success. */
  readonly slotsOn: number;
  readonly slotsReached: number;
  /** Newest slot of the window for which a beacon of the network signed, its begin in epoch milliseconds. */
  readonly verifiedAtMs?: number;
  /** Id of the key that signed then; of several the first in code-point order. */
  readonly verifiedBy?: string;
  /** Newest slot of the window with a success, its begin in epoch milliseconds. */
  readonly newestSuccessAtMs?: number;
  /** Begin of the outage that lasts, at the earliest of the window, epoch milliseconds; absent when none does. */
  readonly outageStartMs?: number;
  /** Median and 95th percentile of round-trip times in seconds; absent without a success. */
  readonly rttSeconds?: { readonly median: number; readonly p95: number };
}

/** How many machines of an agency were in one local network. */
export interface PlaceFigures {
  readonly agencyCode: string;
  /** Most machines at one place with a gateway within the window of availability, at least 1. */
  readonly mostMachinesAtPlace: number;
  /** That place: its address range, a space and its gateway; absent in what was sealed before places were named. */
  readonly place?: string;
}

/** One machine with its verdicts, for the page of one agency. */
export interface MachineDetail {
  readonly machineId: string;
  readonly hostname: string;
  readonly kind: MachineKind | undefined;
  readonly state: MachineState;
  readonly lastSeenAtMs: number | undefined;
  readonly clockOffsetMs: number | undefined;
  /** As evaluateBaseline gave and the store kept them; the reason is stored as JSON, code and parameters. */
  readonly verdicts: readonly { readonly ruleId: string; readonly verdict: Verdict; readonly reason: Reason }[];
}

/** How many reports had one end since the collector started; `result` is one of REPORT_RESULTS. */
export interface ReportCount {
  readonly result: string;
  readonly count: number;
}

/** How many receipts of beacons had one end since the collector started. */
export interface ReceiptCount {
  readonly result: ReceiptResult;
  readonly count: number;
}

/** Observed durations as a Prometheus histogram holds them. */
export interface HistogramCounts {
  /** Observations at or below each bound, cumulative, in the order of the bounds; without the one for +Inf. */
  readonly cumulativeCounts: readonly number[];
  readonly sumSeconds: number;
  readonly count: number;
}

/** How the collector's own keeping of data stands. */
export interface StoreHealth {
  readonly databaseBytes: number;
  /** The write-ahead log beside the database. */
  readonly walBytes: number;
  /** Bytes that may still be written, sorted by volume; one that cannot be asked is absent. */
  readonly free: readonly { readonly volume: 'backups' | 'data'; readonly bytes: number }[];
  /** When the newest backup of each kind was made, epoch milliseconds, sorted by kind; a kind without one is absent. */
  readonly backups: readonly { readonly kind: BackupKind; readonly atMs: number }[];
  /** What the reports are that wait for the disk now. */
  readonly waiting: readonly ReportClass[];
}

/** The questions families ask; the answers of one scrape are computed once and shared. */
export interface MetricSource {
  /** Every agency of the register that exists today, with or without machines, sorted by code. */
  agencies(): Promise<readonly RegisteredAgency[]>;
  agents(): Promise<AgentVersions>;
  machineGroups(): Promise<readonly MachineGroup[]>;
  antivirusGroups(): Promise<readonly AntivirusGroup[]>;
  /** At most one row per agency and network; an agency without a row is `unknown` for that network. */
  networks(): Promise<readonly NetworkFigures[]>;
  /** Sorted by agency; an agency none of whose machines was seen behind a gateway has no row. */
  places(): Promise<readonly PlaceFigures[]>;
  /** Measured capacity of lines over the last 30 days, sorted by agency, then network. */
  measuredLines(): Promise<readonly Pick<MeasuredLine, 'agencyCode' | 'network' | 'medianBitsPerSecond'>[]>;
  /** Exceptions from rules that run today, in no order; each holds for the agency and everything below it. */
  exceptions(): Promise<readonly RunningException[]>;
  reportCounts(): Promise<readonly ReportCount[]>;
  /** Of targets of the networks that stand, as far as an agency saw a certificate within the window; in no order. */
  certificates(): Promise<readonly TargetCertificate[]>;
  /** A result nobody had is absent. */
  receiptCounts(): Promise<readonly ReceiptCount[]>;
  /** Duration of accepting a report, from the last byte of the body to the answer; buckets INGEST_BUCKETS_SECONDS. */
  ingestTimes(): Promise<HistogramCounts>;
  storeHealth(): Promise<StoreHealth>;
}

/** What a family must know beside the figures: which rules and indicators are in force, so that zeros can be shown. */
export interface MetricTerms {
  /** Rule ids of the baseline in force, sorted. */
  readonly ruleIds: readonly string[];
  readonly indexSet: IndexSet;
  /** Flags of the antivirus catalogue, sorted by id. */
  readonly products: readonly ProductFlags[];
  /** Day the indicators are computed for, `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly day: string;
}

/** One metric: data in, data out; absence is an empty list. */
export interface MetricFamily<Label extends string = string> {
  readonly metric: string;
  /** `gauge` when absent. A summary's samples carry the label `quantile`. */
  readonly kind?: 'gauge' | 'counter' | 'summary';
  /** What the value means, with its unit, one sentence without quotes. */
  readonly help: string;
  readonly labels: readonly Label[];
  /** Most series one agency can cause; summed against the budget in test/conventions. */
  readonly seriesPerAgency: number;
  /** Sorted by the labels in the order of `labels`. */
  samples(source: MetricSource, terms: MetricTerms): Promise<readonly Sample<Label>[]>;
}

/** A metric that counts durations in buckets; it has no labels of its own. */
export interface HistogramFamily {
  readonly metric: string;
  readonly kind: 'histogram';
  readonly help: string;
  readonly labels: readonly [];
  readonly seriesPerAgency: 0;
  /** Upper bounds in seconds, ascending, without +Inf. */
  readonly bucketsSeconds: readonly number[];
  counts(source: MetricSource): Promise<HistogramCounts>;
}

/** Anything the registry METRIC_FAMILIES may hold. */
export type AnyMetricFamily = MetricFamily | HistogramFamily;
