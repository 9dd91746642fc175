import { TramdoError } from '#shared/errors.ts';
import { attemptRound } from '../attempt-round.ts';
import { DEFAULT_INTERVALS } from '../default-intervals.ts';
import { REAL_WAY_MACHINE } from '../host/attempts/way-machine.ts';
import { wallClockMs } from '../host/clock.ts';
import { makeFolder, removePath, writeDurably } from '../host/durable-file.ts';
import { fileAgeMs } from '../host/file-stamp.ts';
import { lowerPriority } from '../host/lower-priority.ts';
import { createReportRunner } from '../host/report-runner.ts';
import { log } from '../log.ts';
import { logAsService } from '../log-as-service.ts';
import { createPathFinder } from '../path-finder.ts';
import { type ResidentJobs, startResidency } from '../residency.ts';
import { keepRound, keepUnreported, knownGateways, type ResidentFacts, readResidentFacts } from '../resident-facts.ts';
import { schedule, splayMs } from '../schedule.ts';
import { EXIT_RESTART } from '../update/exit-restart.ts';
import { trialOf } from '../update/own-trial.ts';
import { holderText, isAlive, readHolder } from '../uplink/lock.ts';
import { type StateFolder, stateFolderAt } from '../uplink/state-folder.ts';
import { AGENT_VERSION } from '../version.ts';
import type { CommandInput } from './command.ts';

/**
 * Stays: tries the networks and starts a short-lived report process by the plan; waits while the machine belongs to
 * no collector.
 *
 * Nothing is loaded here that is not needed between two reports: no schema, no cryptography, no TLS until a target
 * asks for it. What inventory, signing and sending need lives and dies with the report process.
 */
export async function run({ config }: CommandInput): Promise<number> {
  const folder = stateFolderAt(config.statePath);
  makeFolder(folder.path);
  const startedAtMs = wallClockMs();
  claimResidency(folder, startedAtMs);
  lowerPriority('resident');
  logAsService(folder);
  const stopSignalled = stopSignal();
  const stopping = new AbortController();
  const reports = createReportRunner({ folder, startedAtMs, signal: stopping.signal });
  const machineId = readResidentFacts(folder)?.machineId;
  log('info', { machineId, version: AGENT_VERSION }, 'Agent started');
  const { promise: replaced, resolve: giveWay } = Promise.withResolvers<number>();
  const residency = startResidency({
    folder,
    startJobs: (facts) => startJobs(folder, facts, { reports, stopping: stopping.signal, giveWay }),
    tryToJoin: () => reports.run(),
  });
  const status = await Promise.race([stopSignalled, replaced]);
  residency.stop();
  stopping.abort();
  await reports.idle();
  removePath(folder.residentFile);
  log('info', { machineId: readResidentFacts(folder)?.machineId }, 'Agent stopped');
  return status;
}

interface Work {
  readonly reports: ReturnType<typeof createReportRunner>;
  readonly stopping: AbortSignal;
  /** Ends the process with a status, so that a release that was fetched is started in its place. */
  readonly giveWay: (status: number) => void;
}

/** Starts both jobs by the plan, and again by the new plan when a report brought one. */
function startJobs(folder: StateFolder, first: ResidentFacts, { reports, stopping, giveWay }: Work): ResidentJobs {
  let running: { stop(): void }[] = [];
  let planVersion: string | undefined;
  let isStopped = false;
  const tryNetworks = async () => {
    const facts = readResidentFacts(folder);
    if (facts?.networks === undefined || facts.networks.length === 0) return;
    const atMs = wallClockMs();
    const findPath = createPathFinder(REAL_WAY_MACHINE, () => knownGateways(folder));
    const result = await attemptRound(facts.networks, {
      machineId: facts.machineId,
      atMs,
      findPath,
      signal: stopping,
    });
    if (!stopping.aborted) keepRound(folder, atMs, result);
  };
  const report = async () => {
    await reports.run();
    keepUnreported(folder);
    if (trialOf(folder.path, AGENT_VERSION) === 'other') giveWay(EXIT_RESTART);
    const facts = readResidentFacts(folder);
    if (facts !== undefined && facts.planVersion !== planVersion && !isStopped && !stopping.aborted) restart(facts);
  };
  const restart = ({ machineId, planVersion: version, intervals = DEFAULT_INTERVALS }: ResidentFacts) => {
    for (const job of running) job.stop();
    planVersion = version;
    const { attemptsMs, reportMs } = intervals;
    const attemptsAt = {
      name: 'attempts',
      intervalMs: attemptsMs,
      offsetMs: splayMs(machineId, attemptsMs),
    };
    const reportAt = { name: 'report', intervalMs: reportMs, offsetMs: splayMs(machineId, reportMs) };
    running = [schedule({ ...attemptsAt, run: tryNetworks }), schedule({ ...reportAt, run: report })];
  };
  restart(first);
  const reportNow = () => {
    tryNetworks()
      .then(report)
      .catch((error: unknown) => log('error', { err: String(error) }, 'First report failed'));
  };
  if (trialOf(folder.path, AGENT_VERSION) === 'own') reportNow();
  return {
    reportNow,
    stop: () => {
      isStopped = true;
      for (const job of running) job.stop();
    },
  };
}

/** Silence of a resident process, in milliseconds, after which its number belongs to another one; see residency.ts. */
const SILENT_MS = 180_000;

function claimResidency(folder: StateFolder, nowMs: number): void {
  const holder = readHolder(folder.residentFile);
  // Windows gives numbers of processes away again within minutes, and keeps its uptime over a fast start.
  const isSilent = (fileAgeMs(folder.residentFile, nowMs) ?? 0) > SILENT_MS;
  if (holder !== undefined && holder.pid !== process.pid && !isSilent && isAlive(holder, nowMs)) {
    throw new TramdoError('STATE_LOCKED', `The agent runs already as process ${holder.pid} on this state folder`);
  }
  writeDurably(folder.residentFile, holderText(nowMs));
}

function stopSignal(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve(0));
    process.once('SIGINT', () => resolve(0));
  });
}
