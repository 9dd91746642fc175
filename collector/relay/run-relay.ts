import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { askerOf, observedAddress } from '../beacon/observed-address.ts';
import { boundConnections, SMALL_SERVER } from '../http/bound-connections.ts';
import { type Endpoint, formatEndpoint } from '../http/endpoint.ts';
import { listenOn } from '../http/listen-on.ts';
import { openOwnCertificate, pinOf, type TlsFiles } from '../http/own-certificate.ts';
import { isWildcard, ownNames, reachableAddresses } from '../http/own-names.ts';
import { DataFolder } from '../store/data-folder.ts';
import { RelayCounts } from './relay-counts.ts';
import { RelayMemory } from './relay-memory.ts';
import { createRelayRoutes, type RelayRouteParts } from './relay-routes.ts';
import type { RelaySettings } from './relay-settings.ts';
import { ReportDesk } from './report-desk.ts';
import { ReportSpool } from './report-spool.ts';
import { createUpstream } from './upstream.ts';
import { UpstreamGate } from './upstream-gate.ts';

/** How often what waits is sent, if the gate is open; and how often counts are written, in milliseconds. */
const [DRAIN_MS, COUNTS_MS] = [500, 3_600_000] as const;
/** Age at which a report that waits is given up, in milliseconds: 35 days, as in the outbox of an agent. */
const OUTDATED_MS = 35 * 86_400_000;
/** How long requests that are under way may take when the relay is told to stop, in milliseconds. */
const PATIENCE_MS = 12_000;
/** Share of the disk for machines the collector never took anything of. */
const STRANGER_RATIO = 0.25;

/** Clocks, chance, and a place for lines of the log. */
export interface RelayTools {
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  /** A number from 0 to 1. */
  readonly chance: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/** A relay that listens. */
export interface RunningRelay {
  readonly listens: Endpoint;
  /** Where PCs find it and whom they trust there, for `token create --relay`. */
  readonly told: string;
  readonly waitingCount: number;
  close(): Promise<void>;
}

/**
 * Starts a relay; what waited on disk is sent at once.
 *
 * @throws {TramdoError} CONFIG_INVALID, ADDRESS_IN_USE, DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export async function startRelay(settings: RelaySettings, tools: RelayTools): Promise<RunningRelay> {
  const folder = DataFolder.open(settings.data);
  const names = ownNames([settings.address.host, settings.listen.host]);
  const tls = await openOwnCertificate(folder, names, tools.nowMs());
  const parts = composeRelay(settings, folder, tools);
  const server = createRelayServer(parts, settings, tls);
  const listens = await listenOn(server, settings.listen);
  const jobs = startJobs(parts, tools);
  const { address } = settings;
  const host = isWildcard(address.host) ? (reachableAddresses()[0] ?? 'localhost') : address.host;
  const port = address.port === 0 ? listens.port : address.port;
  return {
    listens,
    told: `${formatEndpoint({ host, port })}.${pinOf(tls.certificate)}`,
    waitingCount: parts.spool.countOf(),
    close: async () => {
      await closeServer(server);
      await jobs.stop();
      parts.upstream.close();
      tools.log('Relay counts', { ...parts.counts.toJSON(), waiting: parts.spool.countOf() });
    },
  };
}

function composeRelay(settings: RelaySettings, folder: DataFolder, tools: RelayTools): RelayRouteParts {
  const { upstream: url, upstreamPin: pin, upstreamCaFile } = settings;
  const memory = new RelayMemory(folder.path);
  const terms = {
    maxBytes: settings.maxQueueBytes,
    maxMachineBytes: settings.maxMachineQueueBytes,
    strangerRatio: STRANGER_RATIO,
  };
  const spool = new ReportSpool(folder.path, terms, (machineId) => !memory.isKnown(machineId));
  const ca = upstreamCaFile === undefined ? undefined : readCa(upstreamCaFile);
  const upstream = createUpstream({ url, pin, ca });
  const gate = new UpstreamGate(tools.chance);
  const parts = { ...tools, spool, memory, upstream, gate, counts: new RelayCounts() };
  return { ...parts, desk: new ReportDesk(parts) };
}

function createRelayServer(parts: RelayRouteParts, settings: RelaySettings, tls: TlsFiles): Server {
  const options = { ...SMALL_SERVER, maxHeaderSize: 8_192, requestTimeout: 60_000 };
  const server = createServer({ key: tls.key, cert: tls.certificate, ...options }, createRelayRoutes(parts));
  boundConnections(
    server,
    settings,
    (address) => askerOf(observedAddress(address)),
    () => undefined,
  );
  return server;
}

function startJobs({ desk, spool, counts }: RelayRouteParts, { nowMs, log }: RelayTools) {
  let running: Promise<void> = Promise.resolve();
  const draining = setInterval(() => {
    if (spool.countOf() === 0) return;
    running = desk.drain().catch((error: unknown) => log('Reports could not be sent', { reason: messageOf(error) }));
  }, DRAIN_MS);
  const counting = setInterval(() => {
    const outdated = spool.removeOlderThan(nowMs() - OUTDATED_MS).then((count) => {
      counts.outdated += count;
      log('Relay counts', { ...counts.toJSON(), waiting: spool.countOf() });
    });
    outdated.catch((error: unknown) => log('Old reports could not be removed', { reason: messageOf(error) }));
  }, COUNTS_MS);
  return {
    stop: async () => {
      clearInterval(draining);
      clearInterval(counting);
      await running;
    },
  };
}

function readCa(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new TramdoError('CONFIG_INVALID', `Cannot read the file of "upstreamCaFile": ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
