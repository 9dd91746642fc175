import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { EnrolmentRequest } from '#shared/enrolment.ts';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { productHints } from './catalogues/catalogues.ts';
import { type Foundation, type Surroundings, withFoundation } from './compose-foundation.ts';
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
import { proveCertificate } from './http/prove-certificate.ts';
import { buildServer } from './http/server.ts';
import { openTlsIdentity, type TlsIdentity } from './http/tls-files.ts';
import { createReportIntake, type ReportIntake } from './ingest/accept-report.ts';
import { CarriedFileDesk } from './ingest/carried-file-desk.ts';
import { CountedFailures } from './ingest/counted-failures.ts';
import { enrolMachine } from './ingest/enrol-machine.ts';
import { createJudge, type Judge } from './ingest/judge.ts';
import type { DroppedSample } from './ingest/keep-line-samples.ts';
import { MachineDirectory } from './ingest/machine-directory.ts';
import { rejudgeDue, startEveryMinute } from './ingest/rejudge.ts';
import { ReportCounts } from './ingest/report-counts.ts';
import { followMergers } from './machines/follow-mergers.ts';
import { replaceFingerprints } from './machines/replace-fingerprints.ts';
import { IngestHistogram } from './metrics/ingest-histogram.ts';
import { requireSampledLines } from './networks/line-sample-settings.ts';
import { LineTurnDesk } from './networks/line-turn-desk.ts';
import type { NetworkDesk } from './networks/network-desk.ts';
import { Upkeep } from './operations/upkeep.ts';
import type { HandedLink } from './people/account-desk.ts';
import { PeopleKey } from './people/people-key.ts';
import type { RegisterDesk } from './register/register-desk.ts';
import { openReleaseShelf } from './releases/open-release-shelf.ts';
import { PlanBoard } from './releases/plan-board.ts';
import { ReleaseDesk } from './releases/release-desk.ts';
import { startCheckpointer } from './store/checkpointer.ts';
import type { MachineKey } from './store/machine-store.ts';

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

/**
 * Wires a collector up by its settings; all wiring is here.
 *
 * @throws {TramdoError} CONFIG_INVALID, CATALOGUE_INVALID, and those of openData()
 */
export async function composeCollector(settings: Settings, surroundings: Surroundings): Promise<Collector> {
  return withFoundation(settings, surroundings, async (foundation) => {
    // Before anything is judged: whatever was silent while no collector was there had nobody to report to.
    await foundation.ageing.beat(surroundings.nowMs());
    return wire(foundation);
  });
}

/** Who the collector is, and what it asks of agents. */
export async function openBoard(foundation: Foundation, networks: NetworkDesk) {
  const { settings, store, folder, key, nowMs } = foundation;
  const tls = await openTlsIdentity(settings, folder, nowMs());
  const shelf = openReleaseShelf(folder);
  const releases = new ReleaseDesk(store, shelf);
  return {
    tls,
    shelf,
    releases,
    board: await PlanBoard.open({ content: planContentOf(foundation, tls), desk: releases, networks, key, nowMs }),
  };
}

async function wire(foundation: Foundation): Promise<Collector> {
  const { settings, store, folder, catalogues, baseline, log, nowMs } = foundation;
  const peopleKey = PeopleKey.open(folder);
  const record = composeRecord({ ...foundation, peopleKey });
  const { networks } = record;
  await networks.adoptSettings();
  requireSampledLines(settings.lineSamples, networks.current());
  const { tls, shelf, releases, board } = await openBoard(foundation, networks);
  networks.onChange(() => board.refresh().catch(planTrouble(log)));
  const accessToken = settings.metricsAccess === 'token' ? openAccessToken(folder) : undefined;
  const metricsToken = accessToken === undefined ? {} : { metricsToken: accessToken };
  if (tls !== undefined) noteAnnounced(folder, nowMs());
  const packages = new PackageShelf(settings.packages);
  const ingest = composeIngest(foundation, board, { ...record, tls });
  const own = { ...ingest, agentVersions: () => shelf.versions(), waiting: ingest.intake.waiting };
  const readers = composeReaders({ ...foundation, ...record }, own);
  const server = await buildServer({
    ...readers,
    ...ingest,
    api: {
      ...record,
      ...{ settings, store, catalogues, baseline, nowMs, packages },
      source: readers.source,
      pin: tls?.pin,
      carriedFiles: ingest.carriedFiles,
    },
    log,
    nowMs,
    monotonicMs: foundation.monotonicMs,
    plan: () => board.signed,
    lineTurns: lineTurnsOf(foundation, board),
    releases,
    checkStore: () => store.check(),
    packages,
    behindProxy: settings.behindProxy,
    ...(tls === undefined ? {} : { tls: tls.files }),
    peopleAuth: { ...peopleAuthOf(foundation, record, peopleKey), ...metricsToken },
  });
  return {
    server,
    firstLink: () => record.people.accounts.firstLink(),
    ...(accessToken === undefined ? {} : { accessTokenFile: folder.pathOf(ACCESS_TOKEN_FILE) }),
    ...(tls?.pin === undefined ? {} : { pin: tls.pin }),
    ...lifeCycle(foundation, { ...ingest, server, packages, board }),
  };
}

/** How people are let in, but for the token of metrics. */
function peopleAuthOf(
  { settings, store, nowMs }: Foundation,
  { people, register }: Pick<Desks, 'people' | 'register'>,
  { sessionSecret }: PeopleKey,
) {
  const isSecure = settings.usesTls || settings.behindProxy;
  return { people, store, registerState: () => register.state(), sessionSecret, isSecure, nowMs };
}

/** What taking reports in needs beside the foundation. */
export interface IngestNeeds {
  readonly networks: NetworkDesk;
  readonly register: RegisterDesk;
  /** Absent where the collector does not speak TLS itself. */
  readonly tls: TlsIdentity | undefined;
}

/** Everything between the routes of the agents and the store. */
export function composeIngest(
  { store, catalogues, baseline, key, ageing, log, nowMs }: Foundation,
  board: PlanBoard,
  { networks, register, tls }: IngestNeeds,
) {
  const judge = createJudge(baseline, catalogues, () => ageing.calendar);
  const directory = new MachineDirectory(store);
  const counts = new ReportCounts();
  const onUnknownNetwork = (network: string) => log.debug({ network }, 'Window of an unknown network ignored');
  const places = new AgencyPlaces(register);
  const receiptCounts = new ReceiptCounts();
  const targets = new AgencyTargets();
  const onDroppedSample = (why: DroppedSample, { machineId }: MachineKey) =>
    log.info({ machineId, why }, 'Sample of a line dropped');
  const known = { networks: () => networks.received(), places, targets, countedFailures: new CountedFailures() };
  const terms = { judge, ...known, receiptCounts, onUnknownNetwork, onDroppedSample };
  const enrolment = { store, directory, judge, collectorKey: key.publicKey };
  const prove = (body: string) => (tls === undefined ? undefined : proveCertificate(tls.files, body));
  return {
    judge,
    directory,
    counts,
    receiptCounts,
    histogram: new IngestHistogram(),
    intake: createReportIntake({ store, directory, terms, counts, planVersion: () => board.plan.version, nowMs }),
    carriedFiles: new CarriedFileDesk({ store, directory, judge, terms, counts, key, plan: () => board, prove, nowMs }),
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

function planContentOf({ settings, catalogues }: Foundation, tls: TlsIdentity | undefined) {
  const { intervals, lineSamples } = settings;
  const lineSample = lineSamples === undefined ? {} : { lineSample: lineSamples };
  return { intervals, products: productHints(catalogues), ...lineSample, pins: [...(tls?.planPins ?? [])] };
}

function planTrouble(log: FastifyBaseLogger) {
  return (err: unknown) => log.error({ err }, 'Plan could not be brought up to date');
}

function lineTurnsOf({ store, ageing, nowMs, monotonicMs }: Foundation, board: PlanBoard): LineTurnDesk {
  const reportingSinceMs = (atMs: number) => ageing.boundsAt(atMs).reportingSinceMs;
  return new LineTurnDesk({ store, terms: () => board.plan.lineSample, reportingSinceMs, nowMs, monotonicMs });
}
