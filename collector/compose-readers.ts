import type { FastifyBaseLogger } from 'fastify';
import { TramdoError } from '#shared/errors.ts';
import type { Baseline } from './baselines/baseline.ts';
import type { Catalogues } from './catalogues/catalogues.ts';
import type { Settings } from './config.ts';
import { currentWindowMs } from './connectivity/current-window.ts';
import type { ReceiptCounts } from './connectivity/receipt-counts.ts';
import { MOST_LISTED_MACHINES, type OverviewMachine, type OverviewModel } from './console/overview-model.ts';
import { productFlags } from './indicators/formula.ts';
import type { IndicatorDesk } from './indicators/indicator-desk.ts';
import type { ReportIntake } from './ingest/accept-report.ts';
import type { ReportCounts } from './ingest/report-counts.ts';
import type { Ageing } from './machines/ageing.ts';
import { createExposition } from './metrics/expose.ts';
import type { IngestHistogram } from './metrics/ingest-histogram.ts';
import type { NetworkDesk } from './networks/network-desk.ts';
import { readStoreHealth } from './operations/store-health.ts';
import { parseAgencyCode } from './register/agency-code.ts';
import type { RegisterDesk } from './register/register-desk.ts';
import type { RegisteredAgency } from './register/register-state.ts';
import type { StateBounds } from './store/figure-store.ts';
import { createMetricSource, machineDetails } from './store/metric-source.ts';
import type { Store } from './store/store.ts';

/** What the collector counts and knows of itself. */
export interface OwnFigures {
  readonly counts: ReportCounts;
  readonly receiptCounts: ReceiptCounts;
  readonly histogram: IngestHistogram;
  readonly agentVersions: () => readonly string[];
  /** Reports that wait for the disk. */
  readonly waiting: ReportIntake['waiting'];
}

/** What the readers are made of. */
export interface ReaderFoundation {
  readonly settings: Settings;
  readonly store: Store;
  readonly catalogues: Catalogues;
  /** The baseline in force. */
  readonly baseline: Baseline;
  readonly ageing: Ageing;
  readonly register: RegisterDesk;
  readonly indicators: IndicatorDesk;
  readonly networks: Pick<NetworkDesk, 'current'>;
  readonly log: FastifyBaseLogger;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Wires what Prometheus and the overview read. */
export function composeReaders(
  foundation: ReaderFoundation,
  { counts, receiptCounts, histogram, agentVersions, waiting }: OwnFigures,
) {
  const { settings, store, catalogues, baseline, ageing, register, indicators, networks, log, nowMs } = foundation;
  const boundsAt = (atMs: number) => ageing.boundsAt(atMs);
  const source = createMetricSource({
    store,
    boundsAt,
    networks: () => networks.current(),
    register: () => register.state(),
    agentVersions,
    windowDays: settings.availabilityWindowDays,
    currentMs: currentWindowMs(settings.intervals),
    nowMs,
    own: {
      reportCounts: async () => counts.list(),
      receiptCounts: async () => receiptCounts.list(),
      ingestTimes: async () => histogram.counts(),
      storeHealth: async () => ({ ...(await readStoreHealth(settings, store)), waiting: waiting() }),
    },
  });
  const indexSet = indicators.indexSet();
  const products = productFlags(catalogues);
  const onFailure = (metric: string, err: unknown) => log.error({ metric, err }, 'Metric family failed');
  return {
    source,
    exposition: createExposition({ source, baseline, indexSet, products, nowMs, onFailure }),
    agencyCodes: async () => (await source.agencies()).map(({ code }) => code),
    async machinesOf(text: string) {
      const code = parseAgencyCode(text);
      if ((await store.agencies.find(code)) === undefined) {
        throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}"`);
      }
      return machineDetails(store, code, boundsAt(nowMs()));
    },
    async overview(): Promise<OverviewModel> {
      const facts = await indicators.facts();
      const machineCount = facts.groups.reduce((sum, group) => sum + group.machineCount, 0);
      const machines =
        machineCount > MOST_LISTED_MACHINES
          ? undefined
          : await listMachines(store, facts.register.agencies, boundsAt(facts.atMs));
      const networkNames = new Map(networks.current().map(({ id, name }) => [id, name]));
      return { ...facts, baseline, networkNames, machines };
    },
  };
}

async function listMachines(store: Store, agencies: readonly RegisteredAgency[], bounds: StateBounds) {
  const machines: OverviewMachine[] = [];
  for (const { code } of agencies) {
    const details = await machineDetails(store, code, bounds);
    machines.push(...details.map((detail) => ({ ...detail, agencyCode: code })));
  }
  return machines;
}
