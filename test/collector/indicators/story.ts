import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { loadSettings } from '#collector/config.ts';
import { productFlags } from '#collector/indicators/formula.ts';
import { IndicatorDesk } from '#collector/indicators/indicator-desk.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { createReportIntake } from '#collector/ingest/accept-report.ts';
import { enrolMachine } from '#collector/ingest/enrol-machine.ts';
import { createJudge } from '#collector/ingest/judge.ts';
import { MachineDirectory } from '#collector/ingest/machine-directory.ts';
import { rejudgeDue } from '#collector/ingest/rejudge.ts';
import { ReportCounts } from '#collector/ingest/report-counts.ts';
import { Ageing } from '#collector/machines/ageing.ts';
import { followMergers } from '#collector/machines/follow-mergers.ts';
import { MachineDesk } from '#collector/machines/machine-desk.ts';
import { createExposition } from '#collector/metrics/expose.ts';
import { indicatorCoverage } from '#collector/metrics/indicator-coverage.ts';
import { indicatorDenominator } from '#collector/metrics/indicator-denominator.ts';
import { indicatorNumerator } from '#collector/metrics/indicator-numerator.ts';
import { indicatorValue } from '#collector/metrics/indicator-value.ts';
import { NetworkDesk } from '#collector/networks/network-desk.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { PeriodDesk } from '#collector/periods/period-desk.ts';
import { RegisterDesk } from '#collector/register/register-desk.ts';
import { createMetricSource } from '#collector/store/metric-source.ts';
import type { Store } from '#collector/store/store.ts';
import { TramdoError } from '#shared/errors.ts';
import type { NetworkWindow } from '#shared/report.ts';
import { generateKeyPair, importPrivateKey } from '#shared/signature.ts';
import {
  AGENCY,
  batchTerms,
  enrolmentOf,
  FIREWALL_SEEN,
  ingestRig,
  ReportingMachine,
} from '../ingest/reporting-machine.ts';

const MINUTE_MS = 60_000;

/** Monday, 2 February 2026, 00:00 in Viet Nam: two weeks before Tết. */
export const STORY_START_MS = Date.parse('2026-02-02T00:00:00+07:00');

/** Agencies of the story; the second commune is merged into the first one. */
export const STORY_AGENCIES = [AGENCY, 'H47.30', 'H47.31', 'H47.32'] as const;

const NETWORKS = JSON.stringify([
  { id: 'internet', name: 'Internet', kind: 'internet', targets: ['tcp://192.0.2.1:443'] },
  { id: 'wan', name: 'WAN', kind: 'wan', targets: ['tcp://10.0.0.1:443'] },
]);

/** What a report of the story says. */
export interface StoryReport {
  readonly fingerprint: string;
  readonly kind: 'desktop' | 'laptop' | 'server' | undefined;
  readonly isFirewallOn: boolean;
  readonly isLineUp: boolean;
  /** When the line was tried; within the hour before the report unless told. */
  readonly triedAtMs?: number;
}

/** A machine of the story with the number of its newest report. */
export interface StoryMachine {
  readonly reporting: ReportingMachine;
  readonly machineId: string;
  readonly seq: number;
}

/** A collector without its server, whose clock the test sets. */
export type Story = Awaited<ReturnType<typeof tellStory>>;

/** Begins a story: a register, no machines. */
export async function tellStory() {
  const rig = await ingestRig();
  const { store } = rig;
  const clock = { nowMs: STORY_START_MS };
  const nowMs = () => clock.nowMs;
  const settings = loadSettings(undefined, { TRAMDO_NETWORKS: NETWORKS });
  const catalogues = loadCatalogues();
  const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
  const judge = createJudge(DEFAULT_BASELINE, catalogues, () => ageing.calendar);
  const register = new RegisterDesk({ store, nowMs });
  await declare(register);
  const boundsAt = (atMs: number) => ageing.boundsAt(atMs);
  const networks = new NetworkDesk({ store, settings: settings.networks, nowMs });
  const common = { store, register, catalogues, settings, networks, boundsAt, nowMs };
  const indicators = new IndicatorDesk({ ...common, indexSets: INDEX_SETS, defaultSetId: 'catalogue-2026' });
  const snapshot = (setId: string, day?: string) => indicators.snapshot(setId, day);
  const periodParts = { store, snapshot, defaultSetId: 'catalogue-2026', countConflicts: async () => 0 };
  return {
    clock,
    register,
    indicators,
    machines: new MachineDesk({ store, ageing, registerState: () => register.state(), nowMs }),
    periods: new PeriodDesk({ ...periodParts, softwareVersion: '1', nowMs }),
    /** The page for Prometheus with the indicators alone. */
    async metricsPage(): Promise<string> {
      const terms = { ...common, register: () => register.state(), networks: () => networks.current(), windowDays: 7 };
      const own = {
        reportCounts: async () => [],
        receiptCounts: async () => [],
        ingestTimes: async () => ({ cumulativeCounts: [], sumSeconds: 0, count: 0 }),
        storeHealth: async () => ({ databaseBytes: 0, walBytes: 0, free: [], backups: [], waiting: [] }),
      };
      const source = createMetricSource({ ...terms, currentMs: MINUTE_MS, own, agentVersions: () => [] });
      const families = [indicatorCoverage, indicatorDenominator, indicatorNumerator, indicatorValue];
      const shown = { source, families, baseline: DEFAULT_BASELINE, indexSet: indicators.indexSet(), nowMs };
      const exposition = createExposition({ ...shown, products: productFlags(catalogues), includeProcess: false });
      return (await exposition.render(undefined)).body.toString();
    },
    /** What the collector does by itself every minute. */
    async minute() {
      await ageing.beat(clock.nowMs);
      await followMergers(store, clock.nowMs);
      await rejudgeDue(store, judge, clock.nowMs);
    },
    async join(agencyCode: string, fingerprint: string): Promise<StoryMachine> {
      const { publicKey, privateKey } = await generateKeyPair();
      const request = enrolmentOf(await rig.token(agencyCode), publicKey, fingerprint);
      const enrolment = { ...rig.enrolment, directory: new MachineDirectory(store), judge };
      const { machineId } = await enrolMachine(enrolment, { ...request, hostname: fingerprint }, clock.nowMs);
      return { reporting: new ReportingMachine(machineId, await importPrivateKey(privateKey)), machineId, seq: 0 };
    },
    async report({ reporting, seq }: StoryMachine, content: StoryReport): Promise<void> {
      const raw = await reporting.report({ seq, atMs: clock.nowMs, ...reportOf(content, clock.nowMs) });
      await intakeOver(store, judge, nowMs).accept(raw);
    },
  };
}

async function declare(register: RegisterDesk): Promise<void> {
  await register.add(COMMAND_LINE, { code: 'H47', nameVi: 'Tỉnh', level: 'province' });
  for (const [index, code] of STORY_AGENCIES.entries()) {
    const form = { code, nameVi: code, level: 'commune', parentCode: 'H47' } as const;
    if (code !== AGENCY) await register.add(COMMAND_LINE, form);
    const declared = { agencyCode: code, asOf: '2026-01-01', source: 'BC 1' };
    const computers = { ...declared, subject: 'computers', value: 3 - index } as const;
    const officials = { ...declared, subject: 'officials', value: 4 } as const;
    await register.declare(COMMAND_LINE, code, { numbers: [computers, officials] });
  }
}

/** A new one for each report, as it would be after a few seconds: nothing is remembered of machines that moved. */
function intakeOver(store: Store, judge: ReturnType<typeof createJudge>, nowMs: () => number) {
  const networks = (['internet', 'wan'] as const).map((id) => ({ id, kind: id }));
  const terms = batchTerms(store, judge, networks, nowMs);
  const directory = new MachineDirectory(store);
  return createReportIntake({ store, directory, terms, counts: new ReportCounts(), planVersion: () => '1', nowMs });
}

function reportOf({ fingerprint, kind, isFirewallOn, isLineUp, triedAtMs }: StoryReport, atMs: number) {
  const self = { value: { fingerprint: fingerprint.padEnd(43, '0'), agentVersion: '1', mode: 'resident' } };
  const hardware = kind === undefined ? {} : { hardware: { value: { kind, memoryBytes: 8e9, disks: [] } } };
  const seen = { self, ...hardware, firewall: { value: { ...FIREWALL_SEEN, isOn: isFirewallOn } } };
  const networks = ['internet', 'wan'].map((id) => hourOfAttempts(id, triedAtMs ?? atMs, isLineUp));
  return { seen, networks };
}

function hourOfAttempts(network: string, lastAtMs: number, isLineUp: boolean): NetworkWindow {
  const firstAtMs = lastAtMs - 60 * MINUTE_MS;
  const firstSlot = Math.floor(firstAtMs / (5 * MINUTE_MS));
  const attempts = Math.floor(lastAtMs / (5 * MINUTE_MS)) - firstSlot + 1;
  return {
    network,
    target: 't',
    firstSlot,
    slots: (isLineUp ? '1' : '0').repeat(attempts),
    attempts,
    successes: isLineUp ? attempts : 0,
    firstAt: new Date(firstAtMs).toISOString(),
    lastAt: new Date(lastAtMs).toISOString(),
  };
}

/** Does something that the collector may refuse, as it refuses a retired machine or one that is there already. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TramdoError) || !/^(MACHINE|AGENCY)_/.test(error.code)) throw error;
  }
}
