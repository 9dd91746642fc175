import { readCarriedJoin } from '../carried/carried-join.ts';
import { DEFAULT_INTERVALS } from '../default-intervals.ts';
import { damagedFiles } from '../doctor/judge-files.ts';
import { judgeJoined, readJoined } from '../doctor/judge-joined.ts';
import { LOW_SPACE_BYTES } from '../doctor/judge-machine.ts';
import { proxyInWords } from '../doctor/judge-proxy.ts';
import { readOwnFile } from '../host/durable-file.ts';
import { environment } from '../host/environment.ts';
import { freeBytesAt } from '../host/folder-facts.ts';
import { createRealHost } from '../host/real-host.ts';
import { nextRunMs } from '../schedule.ts';
import { parseServiceRecord } from '../service/service-record.ts';
import { DOCTOR_TEXTS } from '../texts/doctor-in-languages.ts';
import { failureWords } from '../texts/failure-words.ts';
import { formatBytes, formatInstant } from '../texts/format.ts';
import type { Language } from '../texts/language.ts';
import { probeName } from '../texts/probe-names.ts';
import { spokenLanguage } from '../texts/spoken-language.ts';
import { STATUS_TEXTS } from '../texts/status-texts.ts';
import { readUpdateRecord } from '../update/update-folder.ts';
import { type AgentState, readAgentState, readState, strikesFile } from '../uplink/agent-state.ts';
import { chooseProxy } from '../uplink/choose-proxy.ts';
import type { Identity } from '../uplink/identity.ts';
import { isAlive, readHolder } from '../uplink/lock.ts';
import { Outbox } from '../uplink/outbox.ts';
import { readPlan } from '../uplink/plan-file.ts';
import { type StateFolder, stateFolderAt } from '../uplink/state-folder.ts';
import { AGENT_VERSION } from '../version.ts';
import type { CommandInput } from './command.ts';

/** A label with its value. */
type Row = readonly [label: string, value: string];

/**
 * Says in a few lines where this machine belongs, what was acknowledged last, what waits and when the next report is
 * due. Nothing is changed. Exit status 0 when it has joined and nothing failed last, else 1.
 */
export async function status({ config, say }: CommandInput): Promise<number> {
  const language = spokenLanguage(config);
  const words = STATUS_TEXTS[language];
  const folder = stateFolderAt(config.statePath);
  const joined = readJoined(folder);
  const first: Row = [words.agent, words.agentValue(AGENT_VERSION, process.version, folder.path)];
  if (joined.kind !== 'joined') {
    print([first, [words.joined, notJoined(folder, joined, language)]], say);
    return 1;
  }
  const { identity } = joined;
  const state = readAgentState(folder.stateFile);
  const rows = [
    first,
    ...identityRows(identity, language),
    [words.proxy, await wayOf(identity, config.proxy, language)] as const,
    ...workRows(folder, identity, { state, language }),
    ...troubleRows(folder, state, language),
  ];
  print(rows, say);
  if (state.notBefore !== undefined) say(words.notBefore(formatInstant(Date.parse(state.notBefore), language)));
  return state.lastFailure === undefined ? 0 : 1;
}

function print(rows: readonly Row[], say: CommandInput['say']): void {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  for (const [label, value] of rows) say(`${`${label}:`.padEnd(width)}${value.replaceAll(/\s*[\r\n]+\s*/g, ' ')}`);
}

function notJoined(folder: StateFolder, joined: ReturnType<typeof readJoined>, language: Language): string {
  const words = STATUS_TEXTS[language];
  if (joined.kind === 'absent') {
    const asked = readCarriedJoin(folder.carriedJoinFile);
    return asked === undefined
      ? words.notJoined
      : words.asksByFile(formatInstant(Date.parse(asked.requestedAt), language));
  }
  if (joined.kind === 'waits') {
    const { lastFailure, notBefore } = joined.pending;
    const why =
      lastFailure === undefined ? '…' : `${failureWords(lastFailure.code, language)} (${lastFailure.message})`;
    return words.joinWaits(why, notBefore === undefined ? undefined : formatInstant(Date.parse(notBefore), language));
  }
  const { found, remedy } = judgeJoined(joined, folder.identityFile, { texts: DOCTOR_TEXTS[language], language });
  return remedy === undefined ? found : `${found}. ${DOCTOR_TEXTS[language].remedyWord}: ${remedy}`;
}

function identityRows({ agencyCode, machineId, joinedAt, origin, pins }: Identity, language: Language): readonly Row[] {
  const words = STATUS_TEXTS[language];
  const isPlain = origin.startsWith('http:');
  const trust = pins.length > 0 ? words.trust.pin : isPlain ? words.trust.plain : words.trust.authorities;
  return [
    [words.joined, words.joinedValue(agencyCode, machineId, formatInstant(Date.parse(joinedAt), language))],
    [words.collector, `${origin}, ${trust}`],
  ];
}

async function wayOf({ origin, proxy }: Identity, given: string | undefined, language: Language): Promise<string> {
  const question = { host: createRealHost(), origin, explicit: given ?? proxy, environment: environment() };
  // A setting that names no proxy is a sentence here, and an error when something is sent.
  return chooseProxy(question).then(
    (choice) => proxyInWords(choice, language),
    (error: Error) => error.message,
  );
}

function workRows(
  folder: StateFolder,
  { machineId }: Identity,
  { state, language }: { readonly state: AgentState; readonly language: Language },
): readonly Row[] {
  const words = STATUS_TEXTS[language];
  const nowMs = createRealHost().nowMs();
  const resident = readHolder(folder.residentFile);
  const isResident = resident !== undefined && isAlive(resident, nowMs);
  const isScheduled = parseServiceRecord(readOwnFile(folder.serviceFile))?.mode === 'scheduled';
  const outbox = new Outbox(folder.outboxFolder);
  const { reportMs } = readPlan(folder.planFile)?.intervals ?? DEFAULT_INTERVALS;
  const { lastAcknowledged: last } = state;
  const acknowledged =
    last === undefined
      ? words.nothingYet
      : words.acknowledgedValue(last.seq, formatInstant(Date.parse(last.at), language));
  const running = isScheduled ? words.scheduled : words.notRunning;
  const next = isScheduled ? words.scheduled : words.notBeforeRunning;
  return [
    [words.running, isResident ? words.runningAs(resident.pid) : running],
    [words.acknowledged, acknowledged],
    [words.waiting, words.waitingValue(outbox.list().length, formatBytes(outbox.sizeBytes(), language))],
    [words.nextReport, isResident ? formatInstant(nextRunMs(machineId, reportMs, nowMs), language) : next],
  ];
}

function troubleRows(folder: StateFolder, state: AgentState, language: Language): readonly Row[] {
  const words = STATUS_TEXTS[language];
  const rows: Row[] = [];
  const { lastFailure, refusedReports } = state;
  if (lastFailure !== undefined) {
    const { at, code, message } = lastFailure;
    const said = language === 'en' ? message : `${failureWords(code, language)} (${message})`;
    rows.push([words.lastFailure, `${formatInstant(Date.parse(at), language)} ${code}: ${said}`]);
  }
  if (refusedReports > 0) rows.push([words.refused, words.refusedValue(refusedReports, folder.refusedFolder)]);
  const strikes = Object.entries(readState(folder.strikesFile, strikesFile));
  for (const [id, { count, reason, restsUntilMs }] of strikes.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const name = probeName(id, language);
    const until = restsUntilMs === undefined ? undefined : formatInstant(restsUntilMs, language);
    const said = until === undefined ? words.probeStruck(name, count, reason) : words.probeRests(name, until, reason);
    rows.push([words.probes, said]);
  }
  rows.push(...diskRows(folder, language));
  for (const file of damagedFiles(folder)) rows.push([words.damagedLabel, words.damaged(file)]);
  const { active, trial, failed } = readUpdateRecord(folder.path);
  if (trial !== undefined) rows.push([words.updateLabel, words.updateTrial(trial.version)]);
  else if (failed !== undefined) rows.push([words.updateLabel, words.updateFailed(failed.version, failed.reason)]);
  else if (active !== undefined) rows.push([words.updateLabel, words.updateActive(active.version)]);
  return rows;
}

/** A disk without space for reports; whether others can read the folder is for `doctor` to say. */
function diskRows({ path }: StateFolder, language: Language): readonly Row[] {
  const freeBytes = freeBytesAt(path);
  if (freeBytes === undefined || freeBytes >= LOW_SPACE_BYTES) return [];
  const { titles, folder, remedyWord } = DOCTOR_TEXTS[language];
  const [found, remedy] = folder.full(path, formatBytes(freeBytes, language));
  return [[titles.folder, `${found}. ${remedyWord}: ${remedy}`]];
}
