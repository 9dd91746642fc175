import { buildReport, stateAfterQueuing } from './build-report.ts';
import { collect } from './collect.ts';
import { DEFAULT_INTERVALS } from './default-intervals.ts';
import { cpuLoadRatio } from './host/cpu-load.ts';
import { appendLine, readOwnFile, removePath } from './host/durable-file.ts';
import { createRealInventory } from './host/powershell/real-inventory.ts';
import { createRealHost } from './host/real-host.ts';
import { forgetWaitingSample, readSampleFile } from './line-sample/sample-file.ts';
import { PROBES } from './probes/index.ts';
import { isSelfChanged, selfFacts } from './self-facts.ts';
import { noteEnd, type Strikes, unfinishedProbes } from './strikes.ts';
import { updateFacts } from './update/update-facts.ts';
import { readUpdateRecord } from './update/update-folder.ts';
import {
  type AgentState,
  type OutcomeCache,
  outcomeCache,
  readAgentState,
  readState,
  strikesFile,
  writeState,
} from './uplink/agent-state.ts';
import { newestAttempts, parseAttemptLog, summariseAttempts } from './uplink/attempt-log.ts';
import type { Identity } from './uplink/identity.ts';
import { Outbox, type UnsentReport } from './uplink/outbox.ts';
import { readPlan } from './uplink/plan-file.ts';
import type { StateFolder } from './uplink/state-folder.ts';
import { AGENT_VERSION } from './version.ts';

/** How a run of the agent came about, and what it knows of the resident process. */
export interface RunFacts {
  readonly mode: 'resident' | 'scheduled' | 'once';
  readonly startedAtMs: number;
  readonly fingerprint: string;
  readonly residentMemoryBytes?: number;
}

/** What a look at the machine gave: the report, and what must be kept with it. */
export interface PreparedReport {
  readonly report: UnsentReport;
  readonly attemptsThrough: number;
}

/** Machine id of a report that nobody signs: `report --dry-run` before joining. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

/** How long the load of the processors is sampled before an inventory, in milliseconds. */
const CPU_SAMPLE_MS = 500;

/** How to look. */
export interface LookOptions {
  readonly facts: RunFacts;
  /** Nothing is kept, nothing that is known is used. */
  readonly isDry: boolean;
  /** With every probe that does not rest, whatever the age of what it saw last. */
  readonly isForced: boolean;
}

/**
 * Looks at the machine with every probe that is due and makes the next report. What was seen is kept in the state
 * folder, unless the run is dry.
 */
export async function prepareReport(
  folder: StateFolder,
  identity: Identity | undefined,
  { facts, isDry, isForced }: LookOptions,
): Promise<PreparedReport> {
  const plan = readPlan(folder.planFile);
  const state = currentState(folder);
  const intervals = plan?.intervals ?? DEFAULT_INTERVALS;
  const host = createRealHost();
  const strikes = isDry ? {} : settleJournal(folder, host.nowMs());
  const rounds = parseAttemptLog(readOwnFile(folder.attemptsFile) ?? '');
  const outcomes = isDry ? {} : readState(folder.observationsFile, outcomeCache);
  const queuedReportCount = new Outbox(folder.outboxFolder).list().length;
  const self = selfFacts({ facts, strikes, state, queuedReportCount, update: updateOf(folder) });
  const seen = await collect({
    probes: PROBES,
    platform: host.platform,
    openHost: createRealHost,
    openInventory: createRealInventory,
    cpuLoadRatio: () => cpuLoadRatio(CPU_SAMPLE_MS),
    outcomes: isSelfChanged(outcomes['self']?.value, self) ? withoutSelf(outcomes) : outcomes,
    strikes,
    context: {
      products: plan?.products ?? [],
      networks: plan?.networks ?? [],
      attempts: newestAttempts(rounds, host.nowMs() - 2 * intervals.attemptsMs),
      self,
    },
    inventoryMs: intervals.inventoryMs,
    isForced,
    note: (word, probeId) => {
      if (!isDry) appendLine(folder.journalFile, `${word} ${probeId}`);
    },
  });
  if (!isDry) {
    writeState(folder.observationsFile, seen.outcomes);
    keepStrikes(folder, seen.strikes);
  }
  const unreported = rounds.filter(({ round }) => round > state.attemptsThrough);
  const report = buildReport({
    machineId: identity?.machineId ?? NOBODY,
    agentVersion: AGENT_VERSION,
    startedAtMs: facts.startedAtMs,
    outcomes: seen.outcomes,
    attempts: summariseAttempts(unreported),
    lineSamples: readSampleFile(folder).waiting,
    state: isDry ? { ...state, knownHashes: {} } : state,
  });
  return { report, attemptsThrough: unreported.at(-1)?.round ?? state.attemptsThrough };
}

function updateOf(folder: StateFolder) {
  return updateFacts(readUpdateRecord(folder.path));
}

/** Puts a report into the outbox, durably, and then notes it in the state. */
export function queueReport(folder: StateFolder, prepared: PreparedReport, nowMs: number): AgentState {
  const outbox = new Outbox(folder.outboxFolder);
  const { report, attemptsThrough } = prepared;
  outbox.add({ queuedAtMs: nowMs, attemptsThrough, report });
  const state = stateAfterQueuing(currentState(folder), report, attemptsThrough);
  writeState(folder.stateFile, state);
  if (report.lineSamples !== undefined) forgetWaitingSample(folder);
  const damagedCount = outbox.enforceLimits(nowMs);
  if (damagedCount === 0) return state;
  const counted = { ...state, droppedReports: state.droppedReports + damagedCount };
  writeState(folder.stateFile, counted);
  return counted;
}

/**
 * The state as it stands; a report that was queued right before a crash, and not yet noted, is noted here, so that no
 * number is given twice.
 */
export function currentState(folder: StateFolder): AgentState {
  const state = readAgentState(folder.stateFile);
  const outbox = new Outbox(folder.outboxFolder);
  const newest = outbox.list().at(-1);
  if (newest === undefined || newest <= state.lastSeq) return state;
  const entry = outbox.read(newest);
  return entry === undefined
    ? { ...state, lastSeq: newest, droppedReports: state.droppedReports + 1 }
    : stateAfterQueuing(state, entry.report, entry.attemptsThrough);
}

function withoutSelf(outcomes: OutcomeCache): OutcomeCache {
  const { self: _, ...rest } = outcomes;
  return rest;
}

/** Lays what the last run left unfinished at the door of the probes that were running, and starts a new journal. */
function settleJournal(folder: StateFolder, nowMs: number): Strikes {
  let strikes: Strikes = withoutUndefined(readState(folder.strikesFile, strikesFile));
  const unfinished = unfinishedProbes(readOwnFile(folder.journalFile) ?? '');
  for (const probeId of unfinished) {
    const failure = { code: 'PROBE_CRASHED', message: 'the agent ended while the probe ran' };
    strikes = noteEnd(strikes, probeId, { failure, nowMs });
  }
  if (unfinished.length > 0) keepStrikes(folder, strikes);
  removePath(folder.journalFile);
  return strikes;
}

function withoutUndefined(
  strikes: Readonly<Record<string, { count: number; reason: string; restsUntilMs?: number | undefined }>>,
): Strikes {
  const entries = Object.entries(strikes).map(([probeId, { count, reason, restsUntilMs }]) => [
    probeId,
    { count, reason, ...(restsUntilMs === undefined ? {} : { restsUntilMs }) },
  ]);
  return Object.fromEntries(entries);
}

function keepStrikes(folder: StateFolder, strikes: Strikes): void {
  if (Object.keys(strikes).length > 0) writeState(folder.strikesFile, strikes);
  else removePath(folder.strikesFile);
}
