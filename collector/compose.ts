import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { EnrolmentRequest } from '#shared/enrolment.ts';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import type { Baseline } from './baselines/baseline.ts';
import { loadBaseline } from './baselines/load-baseline.ts';
import { type Catalogues, loadCatalogues, productHints } from './catalogues/catalogues.ts';
import { composeReaders } from './compose-readers.ts';
import { composeRecord } from './compose-record.ts';
import type { Settings } from './config.ts';
import { AgencyPlaces } from './connectivity/agency-places.ts';
import { AgencyTargets } from './connectivity/agency-targets.ts';
import { ReceiptCounts } from './connectivity/receipt-counts.ts';
import { checkPackages } from './downloads/check-packages.ts';
import { PackageShelf } from './downloads/package-shelf.ts';
import { ACCESS_TOKEN_FILE, openAccessToken } from './http/access-token.ts';
import type { Desks } from './http/api/v1/api-parts.ts';
import { formatEndpoint } from './http/endpoint.ts';
import { noteAnnounced } from './http/next-certificate.ts';
import { isWildcard } from './http/own-names.ts';
import { buildServer } from './http/server.ts';
import { openTlsIdentity, type TlsIdentity } from './http/tls-files.ts';
import { createReportIntake, type ReportIntake } from './ingest/accept-report.ts';
import { type CollectorKey, openCollectorKey } from './ingest/collector-key.ts';
import { enrolMachine } from './ingest/enrol-machine.ts';
import { createJudge, type Judge } from './ingest/judge.ts';
import { MachineDirectory } from './ingest/machine-directory.ts';
import { rejudgeDue, startEveryMinute } from './ingest/rejudge.ts';
import { ReportCounts } from './ingest/report-counts.ts';
import { Ageing } from './machines/ageing.ts';
import { followMergers } from './machines/follow-mergers.ts';
import { replaceFingerprints } from './machines/replace-fingerprints.ts';
import { IngestHistogram } from './metrics/ingest-histogram.ts';
import { Upkeep } from './operations/upkeep.ts';
import type { HandedLink } from './people/account-desk.ts';
import { PeopleKey } from './people/people-key.ts';
import { openReleaseShelf } from './releases/open-release-shelf.ts';
import { PlanBoard } from './releases/plan-board.ts';
import { ReleaseDesk } from './releases/release-desk.ts';
import { startCheckpointer } from './store/checkpointer.ts';
import type { DataFolder } from './store/data-folder.ts';
import { openData } from './store/open-data.ts';
import type { Store } from './store/store.ts';

/** A collector that is wired up. */
export interface Collector {
  /** Not listening until {@link Collector.listen}; tests inject requests. */
  readonly server: FastifyInstance;
  /** The link that makes the first account; undefined once there is one. */
  firstLink(): Promise<HandedLink | undefined>;
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
  readonly baseline: Baseline;
  readonly key: CollectorKey;
  readonly ageing: Ageing;
}

/**
 * Wires a collector up by its settings; all wiring is here.
 *
 * @throws {TramdoError} CONFIG_INVALID, CATALOGUE_INVALID, and those of {@link openData}
 */
export async function composeCollector(settings: Settings, surroundings: Surroundings): Promise<Collector> {
  const catalogues = loadCatalogues(settings.catalogues);
  const baseline = loadBaseline(settings.catalogues);
  const { folder, store } = await openData(settings);
  try {
    const key = await openCollectorKey(folder);
    const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
    // Before anything is judged: whatever was silent while no collector was there had nobody to report to.
    await ageing.beat(surroundings.nowMs());
    return await wire({ ...surroundings, settings, store, folder, catalogues, baseline, key, ageing });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function wire(foundation: Foundation): Promise<Collector> {
  const { settings, store, folder, catalogues, baseline, key, log, nowMs } = foundation;
  const tls = await openTlsIdentity(settings, folder, nowMs());
  const accessToken = settings.metricsAccess === 'token' ? openAccessToken(folder) : undefined;
  const shelf = openReleaseShelf(folder);
  const releases = new ReleaseDesk(store, shelf);
  const peopleKey = PeopleKey.open(folder);
  const record = composeRecord({ ...foundation, peopleKey });
  const { networks } = record;
  await networks.adoptSettings();
  const board = await PlanBoard.open({ content: planContentOf(foundation, tls), desk: releases, networks, key, nowMs });
  networks.onChange(() => board.refresh().catch(planTrouble(log)));
  if (tls !== undefined) noteAnnounced(folder, nowMs());
  const packages = new PackageShelf(settings.packages);
  const ingest = composeIngest(foundation, board, record);
  const own = { ...ingest, agentVersions: () => shelf.versions(), waiting: ingest.intake.waiting };
  const readers = composeReaders({ ...foundation, ...record }, own);
  const server = await buildServer({
    ...readers,
    ...ingest,
    api: { ...record, settings, store, catalogues, baseline, nowMs, source: readers.source, packages, pin: tls?.pin },
    log,
    nowMs,
    monotonicMs: foundation.monotonicMs,
    plan: () => board.signed,
    releases,
    checkStore: () => store.check(),
    packages,
    behindProxy: settings.behindProxy,
    ...(tls === undefined ? {} : { tls: tls.files }),
    peopleAuth: {
      people: record.people,
      store,
      registerState: () => record.register.state(),
      sessionSecret: peopleKey.sessionSecret,
      isSecure: settings.usesTls || settings.behindProxy,
      nowMs,
      ...(accessToken === undefined ? {} : { metricsToken: accessToken }),
    },
  });
  return {
    server,
    firstLink: () => record.people.accounts.firstLink(),
    ...(accessToken === undefined ? {} : { accessTokenFile: folder.pathOf(ACCESS_TOKEN_FILE) }),
    ...(tls?.pin === undefined ? {} : { pin: tls.pin }),
    ...lifeCycle(foundation, { ...ingest, server, packages, board }),
  };
}

/** Everything between the routes of the agents and the store. */
function composeIngest(
  { store, catalogues, baseline, key, ageing, log, nowMs }: Foundation,
  board: PlanBoard,
  { networks, register }: Desks,
) {
  const judge = createJudge(baseline, catalogues, () => ageing.calendar);
  const directory = new MachineDirectory(store);
  const counts = new ReportCounts();
  const onUnknownNetwork = (network: string) => log.debug({ network }, 'Window of an unknown network ignored');
  const places = new AgencyPlaces(register);
  const receiptCounts = new ReceiptCounts();
  const targets = new AgencyTargets();
  const terms = { judge, networks: () => networks.received(), places, targets, receiptCounts, onUnknownNetwork };
  const enrolment = { store, directory, judge, collectorKey: key.publicKey };
  return {
    judge,
    directory,
    counts,
    receiptCounts,
    histogram: new IngestHistogram(),
    intake: createReportIntake({ store, directory, terms, counts, planVersion: () => board.plan.version, nowMs }),
    enrol: (request: EnrolmentRequest) => enrolMachine({ ...enrolment, plan: board.plan }, request, nowMs()),
  };
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
  const { settings, store, log, nowMs, ageing } = foundation;
  let job: ReturnType<typeof startEveryMinute> | undefined;
  let checkpointer: ReturnType<typeof startCheckpointer> | undefined;
  let offers: ReturnType<typeof board.start> | undefined;
  const upkeep = new Upkeep({ settings, store, log, nowMs });
  const work = async () => {
    const absence = await ageing.beat(nowMs());
    if (absence !== undefined) log.warn({ ...absence }, 'No collector was at work for a while; ageing pauses for it');
    const movedCount = await followMergers(store, nowMs());
    if (movedCount > 0) log.info({ movedCount }, 'Machines of closed agencies moved');
    await replaceFingerprints(store, nowMs());
    const judgedCount = await rejudgeDue(store, judge, nowMs());
    if (judgedCount > 0) log.info({ judgedCount }, 'Machines judged anew');
    upkeep.beginDue();
  };
  return {
    async listen() {
      const url = await listenAt(server, settings);
      checkPackages(packages, log);
      job = startEveryMinute(work, (err) => log.error({ err }, 'Scheduled job failed'));
      offers = board.start(planTrouble(log));
      checkpointer = startCheckpointer(settings.database, (err) => log.error({ err }, 'Checkpoint thread ended'));
      return url;
    },
    async close() {
      await server.close();
      offers?.stop();
      await job?.stop();
      await upkeep.stop();
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

function planContentOf({ settings: { intervals }, catalogues }: Foundation, tls: TlsIdentity | undefined) {
  return { intervals, products: productHints(catalogues), pins: [...(tls?.planPins ?? [])] };
}

function planTrouble(log: FastifyBaseLogger) {
  return (err: unknown) => log.error({ err }, 'Plan could not be brought up to date');
}
