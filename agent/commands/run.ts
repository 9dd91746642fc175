import { TramdoError } from '#shared/errors.ts';
import { attemptRound } from '../attempt-round.ts';
import { DEFAULT_INTERVALS } from '../default-intervals.ts';
import { wallClockMs } from '../host/clock.ts';
import { appendLine, removePath, writeDurably } from '../host/durable-file.ts';
import { createReportRunner } from '../host/report-runner.ts';
import { log } from '../log.ts';
import { keepUnreported, lastRoundNumber, type ResidentFacts, readResidentFacts } from '../resident-facts.ts';
import { schedule, splayMs } from '../schedule.ts';
import { isAlive, readHolder } from '../uplink/lock.ts';
import { type StateFolder, stateFolderAt } from '../uplink/state-folder.ts';
import { AGENT_VERSION } from '../version.ts';
import type { CommandInput } from './command.ts';

/**
 * Stays: tries the networks and starts a short-lived report process by the plan.
 *
 * Nothing is loaded here that is not needed between two reports: no schema, no cryptography, no TLS until a target
 * asks for it. What inventory, signing and sending need lives and dies with the report process.
 */
export async function run({ config }: CommandInput): Promise<number> {
  const folder = stateFolderAt(config.statePath);
  const facts = readResidentFacts(folder);
  if (facts === undefined) {
    throw new TramdoError('NOT_JOINED', 'This machine has not joined: run "tramdo-agent join" with a join string');
  }
  const startedAtMs = wallClockMs();
  claimResidency(folder, startedAtMs);
  const stopping = new AbortController();
  const reports = createReportRunner({ folder, startedAtMs, signal: stopping.signal });
  log('info', { machineId: facts.machineId, version: AGENT_VERSION }, 'Agent started');
  const jobs = startJobs(folder, { reports, stopping: stopping.signal });
  if (!facts.wasAcknowledged) jobs.reportNow();
  await stopSignal();
  jobs.stop();
  stopping.abort();
  await reports.idle();
  removePath(folder.residentFile);
  log('info', { machineId: facts.machineId }, 'Agent stopped');
  return 0;
}

interface Work {
  readonly reports: ReturnType<typeof createReportRunner>;
  readonly stopping: AbortSignal;
}

/** Starts both jobs by the plan, and again by the new plan when a report brought one. */
function startJobs(folder: StateFolder, { reports, stopping }: Work): { reportNow(): void; stop(): void } {
  let running: { stop(): void }[] = [];
  let planVersion: string | undefined;
  const tryNetworks = async () => {
    const networks = readResidentFacts(folder)?.networks ?? [];
    if (networks.length === 0) return;
    const entries = await attemptRound(networks, stopping);
    const round = lastRoundNumber(folder) + 1;
    if (!stopping.aborted) appendLine(folder.attemptsFile, JSON.stringify({ round, atMs: wallClockMs(), entries }));
  };
  const report = async () => {
    await reports.run();
    keepUnreported(folder);
    const facts = readResidentFacts(folder);
    if (facts !== undefined && facts.planVersion !== planVersion && !stopping.aborted) restart(facts);
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
  const facts = readResidentFacts(folder);
  if (facts !== undefined) restart(facts);
  return {
    reportNow: () => {
      tryNetworks()
        .then(report)
        .catch((error: unknown) => log('error', { err: String(error) }, 'First report failed'));
    },
    stop: () => {
      for (const job of running) job.stop();
    },
  };
}

function claimResidency(folder: StateFolder, nowMs: number): void {
  const holder = readHolder(folder.residentFile);
  if (holder !== undefined && holder.pid !== process.pid && isAlive(holder, nowMs)) {
    throw new TramdoError('STATE_LOCKED', `The agent runs already as process ${holder.pid} on this state folder`);
  }
  writeDurably(folder.residentFile, JSON.stringify({ pid: process.pid, atMs: nowMs }));
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
