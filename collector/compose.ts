import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { DEFAULT_BASELINE } from './baselines/index.ts';
import { type Catalogues, loadCatalogues, productHints } from './catalogues/catalogues.ts';
import { workingDaysBefore } from './catalogues/working-days.ts';
import type { Settings } from './config.ts';
import { MOST_LISTED_MACHINES, type OverviewMachine, type OverviewModel } from './console/overview-model.ts';
import { checkPackages } from './downloads/check-packages.ts';
import { PackageShelf } from './downloads/package-shelf.ts';
import { ACCESS_TOKEN_FILE, openAccessToken } from './http/access-token.ts';
import { formatEndpoint } from './http/endpoint.ts';
import { noteAnnounced } from './http/next-certificate.ts';
import { buildServer } from './http/server.ts';
import { isWildcard, openTlsIdentity, type TlsIdentity } from './http/tls-files.ts';
import { DEFAULT_INDEX_SET } from './indicators/sets/index.ts';
import { createReportIntake, type ReportIntake } from './ingest/accept-report.ts';
import { type CollectorKey, openCollectorKey } from './ingest/collector-key.ts';
import { enrolMachine } from './ingest/enrol-machine.ts';
import { createJudge, type Judge } from './ingest/judge.ts';
import { MachineDirectory } from './ingest/machine-directory.ts';
import { buildPlan } from './ingest/plan.ts';
import { rejudgeDue, startEveryMinute } from './ingest/rejudge.ts';
import { ReportCounts } from './ingest/report-counts.ts';
import { createExposition } from './metrics/expose.ts';
import { IngestHistogram } from './metrics/ingest-histogram.ts';
import type { AgencyFigures } from './metrics/metric-family.ts';
import { parseAgencyCode } from './register/agency-code.ts';
import { openReleaseShelf } from './releases/open-release-shelf.ts';
import { PlanBoard } from './releases/plan-board.ts';
import { ReleaseDesk } from './releases/release-desk.ts';
import { startCheckpointer } from './store/checkpointer.ts';
import type { DataFolder } from './store/data-folder.ts';
import type { StateBounds } from './store/figure-store.ts';
import { createMetricSource, firstKeptDay, machineDetails } from './store/metric-source.ts';
import { openData } from './store/open-data.ts';
import type { Store } from './store/store.ts';

/** Days of connectivity that are kept: a year and a quarter, so that a year can be compared with the one before. */
const KEPT_NETWORK_DAYS = 460;

/** Report intervals within which an attempt on a network decides its current result. */
const CURRENT_REPORTS = 3;

/** A collector that is wired up. */
export interface Collector {
  /** Not listening until {@link Collector.listen}; tests inject requests. */
  readonly server: FastifyInstance;
  /** File that holds the access token; absent when everyone may read. */
  readonly accessTokenFile?: string;
  /** Pin of the certificate; absent without TLS of its own or with a certificate that others vouch for. */
  readonly pin?: string;
  /**
   * Begins to listen and to judge.
   *
   * @returns the address of the pages
   * @throws {TramdoError} ADDRESS_IN_USE, CONFIG_INVALID
   */
  listen(): Promise<string>;
  /** Stops listening, makes everything durable that was taken in, and closes the store. */
  close(): Promise<void>;
}

/** What comes from outside. */
export interface Surroundings {
  readonly log: FastifyBaseLogger;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** A clock that never jumps, milliseconds since some start. */
  readonly monotonicMs: () => number;
}

interface Foundation extends Surroundings {
  readonly settings: Settings;
  readonly store: Store;
  readonly folder: DataFolder;
  readonly catalogues: Catalogues;
  readonly key: CollectorKey;
}

/**
 * Wires a collector up by its settings; all wiring is here.
 *
 * @throws {TramdoError} CONFIG_INVALID, CATALOGUE_INVALID, and those of {@link openData}
 */
export async function composeCollector(settings: Settings, surroundings: Surroundings): Promise<Collector> {
  const catalogues = loadCatalogues(settings.catalogues);
  const { folder, store } = await openData(settings);
  try {
    const key = await openCollectorKey(folder);
    return await wire({ ...surroundings, settings, store, folder, catalogues, key });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function wire(foundation: Foundation): Promise<Collector> {
  const { settings, store, folder, catalogues, key, log, nowMs } = foundation;
  const tls = await openTlsIdentity(settings, folder, nowMs());
  const accessToken = settings.metricsAccess === 'token' ? openAccessToken(folder) : undefined;
  const judge = createJudge(DEFAULT_BASELINE, catalogues);
  const shelf = openReleaseShelf(folder);
  const releases = new ReleaseDesk(store, shelf);
  const plan = planOf(settings, catalogues, tls, nowMs());
  const board = await PlanBoard.open({ plan, desk: releases, key, nowMs });
  if (tls !== undefined) noteAnnounced(folder, nowMs());
  const packages = new PackageShelf(settings.packages);
  const directory = new MachineDirectory(store.machines);
  const counts = new ReportCounts();
  const histogram = new IngestHistogram();
  const networkIds = new Set(settings.networks.map(({ id }) => id));
  const onUnknownNetwork = (network: string) => log.debug({ network }, 'Window of an unknown network ignored');
  const terms = { judge, networkIds, onUnknownNetwork };
  const intake = createReportIntake({ store, directory, terms, counts, planVersion: () => board.plan.version, nowMs });
  const readers = composeReaders(foundation, { counts, histogram, networkIds, agentVersions: () => shelf.versions() });
  const enrolment = { store, directory, judge, collectorKey: key.publicKey };
  const server = await buildServer({
    ...readers,
    log,
    nowMs,
    monotonicMs: foundation.monotonicMs,
    intake,
    counts,
    histogram,
    directory,
    enrol: (request) => enrolMachine({ ...enrolment, plan: board.plan }, request, nowMs()),
    plan: () => board.signed,
    releases,
    checkStore: () => store.check(),
    packages,
    behindProxy: settings.behindProxy,
    ...(tls === undefined ? {} : { tls: tls.files }),
    ...(accessToken === undefined ? {} : { accessToken }),
  });
  return {
    server,
    ...(accessToken === undefined ? {} : { accessTokenFile: folder.pathOf(ACCESS_TOKEN_FILE) }),
    ...(tls?.pin === undefined ? {} : { pin: tls.pin }),
    ...lifeCycle(foundation, { server, intake, judge, packages, board }),
  };
}

interface OwnFigures {
  readonly counts: ReportCounts;
  readonly histogram: IngestHistogram;
  readonly networkIds: ReadonlySet<string>;
  readonly agentVersions: () => readonly string[];
}

function composeReaders(foundation: Foundation, { counts, histogram, networkIds, agentVersions }: OwnFigures) {
  const { settings, store, catalogues, log, nowMs } = foundation;
  const boundsAt = (atMs: number): StateBounds => ({
    reportingSinceMs: workingDaysBefore(atMs, settings.silentAfterWorkingDays, catalogues.calendar),
    silentSinceMs: workingDaysBefore(atMs, settings.lostAfterWorkingDays, catalogues.calendar),
  });
  const source = createMetricSource({
    store,
    boundsAt,
    networkIds,
    agentVersions,
    windowDays: settings.availabilityWindowDays,
    currentMs: CURRENT_REPORTS * settings.intervals.reportMs,
    nowMs,
    own: { reportCounts: async () => counts.list(), ingestTimes: async () => histogram.counts() },
  });
  const indexSet = {
    ...DEFAULT_INDEX_SET,
    indicators: DEFAULT_INDEX_SET.indicators.map((one) => ({ ...one, countedKinds: settings.countedKinds })),
  };
  const onFailure = (metric: string, err: unknown) => log.error({ metric, err }, 'Metric family failed');
  return {
    exposition: createExposition({ source, baseline: DEFAULT_BASELINE, indexSet, nowMs, onFailure }),
    agencyCodes: async () => (await source.agencies()).map(({ code }) => code),
    async machinesOf(text: string) {
      const code = parseAgencyCode(text);
      if ((await store.agencies.find(code)) === undefined) {
        throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}"`);
      }
      return machineDetails(store, code, boundsAt(nowMs()));
    },
    async overview(): Promise<OverviewModel> {
      const atMs = nowMs();
      const agencies = await source.agencies();
      const groups = await source.machineGroups();
      const machineCount = groups.reduce((sum, group) => sum + group.machineCount, 0);
      const machines =
        machineCount > MOST_LISTED_MACHINES ? undefined : await listMachines(store, agencies, boundsAt(atMs));
      return { atMs, baseline: DEFAULT_BASELINE, indexSet, agencies, groups, machines };
    },
  };
}

async function listMachines(store: Store, agencies: readonly AgencyFigures[], bounds: StateBounds) {
  const machines: OverviewMachine[] = [];
  for (const { code } of agencies) {
    const details = await machineDetails(store, code, bounds);
    machines.push(...details.map((detail) => ({ ...detail, agencyCode: code })));
  }
  return machines;
}

interface MovingParts {
  readonly server: FastifyInstance;
  readonly intake: ReportIntake;
  readonly judge: Judge;
  readonly packages: PackageShelf;
  readonly board: PlanBoard;
}

function lifeCycle(
  foundation: Foundation,
  { server, intake, judge, packages, board }: MovingParts,
): Pick<Collector, 'listen' | 'close'> {
  const { settings, store, log, nowMs } = foundation;
  let job: ReturnType<typeof startEveryMinute> | undefined;
  let checkpointer: ReturnType<typeof startCheckpointer> | undefined;
  let offers: ReturnType<typeof board.start> | undefined;
  const work = async () => {
    const judgedCount = await rejudgeDue(store, judge, nowMs());
    if (judgedCount > 0) log.info({ judgedCount }, 'Machines judged anew');
    await store.networkDays.forgetBefore(firstKeptDay(nowMs(), KEPT_NETWORK_DAYS));
  };
  return {
    async listen() {
      const url = await listenAt(server, settings);
      checkPackages(packages, log);
      job = startEveryMinute(work, (err) => log.error({ err }, 'Scheduled job failed'));
      offers = board.start((err) => log.error({ err }, 'Offers of releases could not be read'));
      checkpointer = startCheckpointer(settings.database, (err) => log.error({ err }, 'Checkpoint thread ended'));
      return url;
    },
    async close() {
      await server.close();
      offers?.stop();
      await job?.stop();
      await intake.drain();
      await checkpointer?.stop();
      await store.close();
    },
  };
}

async function listenAt(server: FastifyInstance, { listen, listenEndpoint, usesTls }: Settings): Promise<string> {
  try {
    await server.listen({ ...listenEndpoint });
  } catch (error) {
    if (systemCodeOf(error) === 'EADDRINUSE') {
      throw new TramdoError('ADDRESS_IN_USE', `Cannot listen on ${listen} as another program does so already`, {
        cause: error,
      });
    }
    throw new TramdoError(
      'CONFIG_INVALID',
      `Cannot listen on "listen": current value is "${listen}": ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
  const bound = server.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : listenEndpoint.port;
  const host = isWildcard(listenEndpoint.host) ? 'localhost' : listenEndpoint.host;
  return `${usesTls ? 'https' : 'http'}://${formatEndpoint({ host, port })}/`;
}

function planOf(settings: Settings, catalogues: Catalogues, tls: TlsIdentity | undefined, nowMs: number) {
  const networks = settings.networks.map(({ id, kind, targets }) => ({ id, kind, targets }));
  const { intervals } = settings;
  const products = productHints(catalogues);
  return buildPlan({ intervals, networks, products, pins: [...(tls?.planPins ?? [])] }, nowMs);
}
