import { ERROR_CATALOGUE, TramdoError } from '#shared/errors.ts';
import { importPrivateKey } from '#shared/signature.ts';
import { attemptRound } from '../attempt-round.ts';
import { type ExportOrder, exportReports } from '../carried/export-reports.ts';
import { importAnswer } from '../carried/import-answer.ts';
import { deliver } from '../deliver.ts';
import { REAL_WAY_MACHINE } from '../host/attempts/way-machine.ts';
import { readOwnFile } from '../host/durable-file.ts';
import { lowerPriority } from '../host/lower-priority.ts';
import { createRealHost } from '../host/real-host.ts';
import { log } from '../log.ts';
import { logAsService } from '../log-as-service.ts';
import { machineFingerprint } from '../machine-fingerprint.ts';
import { createPathFinder } from '../path-finder.ts';
import { keepRound, keepUnreported, knownGateways } from '../resident-facts.ts';
import { prepareReport, queueReport, type RunFacts } from '../session.ts';
import { CARRIED_TEXTS, type CarriedTexts } from '../texts/carried-texts.ts';
import { spokenLanguage } from '../texts/spoken-language.ts';
import { tryPendingJoin } from '../try-pending-join.ts';
import { mayLookForUpdate } from '../update/look-for-update.ts';
import { settleOwnTrial } from '../update/settle-own-trial.ts';
import type { AgentState } from '../uplink/agent-state.ts';
import { type Identity, readIdentity } from '../uplink/identity.ts';
import { takeLock } from '../uplink/lock.ts';
import { readPlan } from '../uplink/plan-file.ts';
import { type StateFolder, stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/**
 * Looks at the machine, queues a report and sends what waits; with `--dry-run` only prints. Started by the resident
 * process or by the scheduler of the system it first joins, when a join string waits, and runs at low priority.
 */
export async function report(input: CommandInput): Promise<number> {
  const folder = stateFolderAt(input.config.statePath);
  const mode = modeOf(input);
  if (input.options['dry-run'] === true) {
    const identity = readIdentity(folder.identityFile);
    const facts = await factsOfRun(input, identity);
    const { report: shown } = await prepareReport(folder, identity, { facts, isDry: true, isForced: true });
    input.say(JSON.stringify(shown, undefined, 2));
    return 0;
  }
  if (mode === 'once') return reportOnce(input, folder);
  lowerPriority('report');
  logAsService(folder);
  try {
    return await reportOnce(input, folder);
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    log(ERROR_CATALOGUE[error.code].level, { code: error.code, err: error.message }, 'Report failed');
    return 1;
  }
}

async function reportOnce(input: CommandInput, folder: StateFolder): Promise<number> {
  const isAskedByPerson = modeOf(input) === 'once';
  const nowMs = createRealHost().nowMs();
  if (isAskedByPerson && readIdentity(folder.identityFile) === undefined) throw notJoined();
  if (!isAskedByPerson && !hasWork(folder)) return 0;
  const release = takeLock(folder.lockFile, nowMs);
  try {
    if (!isAskedByPerson) await tryPendingJoin(folder, nowMs);
    const identity = readIdentity(folder.identityFile);
    if (identity === undefined) {
      if (isAskedByPerson) throw notJoined();
      return 0;
    }
    const { export: exportPath, import: importPath } = input.options;
    if (typeof importPath === 'string') return await takeAnswer(input, folder, { identity, path: importPath });
    const facts = await factsOfRun(input, identity);
    const exportTo =
      typeof exportPath === 'string' ? { path: exportPath, texts: textsOf(input), say: input.say } : undefined;
    return await reportNow(folder, identity, { facts, say: input.say, proxy: input.config.proxy, exportTo });
  } finally {
    release();
  }
}

/** Something to do for a process that nobody asked for by hand: a machine that has joined, or a join string. */
function hasWork(folder: StateFolder): boolean {
  return readOwnFile(folder.identityFile) !== undefined || readOwnFile(folder.pendingJoinFile) !== undefined;
}

function notJoined(): TramdoError {
  return new TramdoError('NOT_JOINED', 'This machine has not joined: run "tramdo-agent join" with a join string');
}

function modeOf({ options }: CommandInput): RunFacts['mode'] {
  if (Number.isFinite(Number(options['resident-since-ms']))) return 'resident';
  return options['scheduled'] === true ? 'scheduled' : 'once';
}

interface ReportOptions {
  readonly facts: RunFacts;
  readonly say: (line: string) => void;
  readonly proxy: string | undefined;
  /** Writes what waits into a file and sends nothing. */
  readonly exportTo: ExportOrder | undefined;
}

function textsOf({ config }: CommandInput): CarriedTexts {
  return CARRIED_TEXTS[spokenLanguage(config)];
}

/** The answer to reports that were carried to the collector. */
async function takeAnswer(
  input: CommandInput,
  folder: StateFolder,
  { identity, path }: { readonly identity: Identity; readonly path: string },
): Promise<number> {
  const texts = textsOf(input);
  const applied = await importAnswer(folder, identity, { path, nowMs: createRealHost().nowMs() });
  const { acknowledgedCount, refusedCount, waitingCount, isPlanRenewed, isBodyWanted } = applied;
  input.say(texts.applied(acknowledgedCount, refusedCount, waitingCount));
  if (isPlanRenewed) input.say(texts.planRenewed);
  if (isBodyWanted) input.say(texts.bodyWanted);
  return 0;
}

async function reportNow(
  folder: StateFolder,
  identity: Identity,
  { facts, say, proxy, exportTo }: ReportOptions,
): Promise<number> {
  const host = createRealHost();
  if (facts.mode !== 'resident') await tryNetworks(folder, identity.machineId, host.nowMs());
  const isAskedByPerson = facts.mode === 'once';
  const lookAndQueue = async (isForced: boolean) => {
    const prepared = await prepareReport(folder, identity, { facts, isDry: false, isForced });
    return queueReport(folder, prepared, host.nowMs());
  };
  // Whoever asks by hand wants to see what is now, not what was when the schedule last looked.
  const state = await lookAndQueue(isAskedByPerson);
  const key = await importPrivateKey(identity.privateKey);
  if (exportTo !== undefined) {
    await exportReports(folder, { machineId: identity.machineId, key, nowMs: host.nowMs() }, exportTo);
    return 0;
  }
  const makeReport = () => lookAndQueue(false);
  const delivered = await deliver(folder, identity, {
    key,
    state,
    isAskedByPerson,
    makeReport,
    proxy,
    mayUpdate: mayLookForUpdate(facts, state, host.nowMs()),
    nowMs: host.nowMs,
  });
  await settleOwnTrial(folder.path, { origin: identity.origin, state: delivered, nowMs: host.nowMs() });
  if (!isAskedByPerson) logDelivery(state, delivered);
  const { lastSeq, lastAcknowledged, lastFailure } = delivered;
  if (lastAcknowledged?.seq === lastSeq) {
    say(`Report ${lastSeq} was acknowledged.`);
    return 0;
  }
  say(`Report ${lastSeq} waits in the outbox: ${lastFailure?.message ?? 'it is not time to send yet'}`);
  // For the scheduler of the system a report that is kept safe is no failure; a person wants to know.
  return isAskedByPerson ? 1 : 0;
}

/** One line when sending begins to fail, or fails for another reason, and one when it works again. */
function logDelivery(before: AgentState, { lastFailure, lastSeq }: AgentState): void {
  if (lastFailure?.code === before.lastFailure?.code) return;
  if (lastFailure === undefined) log('info', { seq: lastSeq }, 'Reports are taken again');
  else log('warn', { code: lastFailure.code, err: lastFailure.message }, 'Reports wait, sending failed');
}

/** Without a resident process nobody has tried the networks: one round, now. */
async function tryNetworks(folder: StateFolder, machineId: string, atMs: number): Promise<void> {
  keepUnreported(folder);
  const networks = readPlan(folder.planFile)?.networks ?? [];
  if (networks.length === 0) return;
  const findPath = createPathFinder(REAL_WAY_MACHINE, () => knownGateways(folder));
  const { signal } = new AbortController();
  keepRound(folder, atMs, await attemptRound(networks, { machineId, atMs, findPath, signal }));
}

async function factsOfRun(input: CommandInput, identity: Identity | undefined): Promise<RunFacts> {
  const host = createRealHost();
  const fingerprint = await machineFingerprint(host, identity?.fingerprint);
  const mode = modeOf(input);
  if (mode !== 'resident') return { mode, startedAtMs: host.nowMs(), fingerprint };
  const startedAtMs = Number(input.options['resident-since-ms']);
  const memoryBytes = Number(input.options['resident-memory-bytes']);
  return { mode, startedAtMs, fingerprint, ...(memoryBytes > 0 ? { residentMemoryBytes: memoryBytes } : {}) };
}
