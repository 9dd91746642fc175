import type { Plan } from '#shared/plan.ts';
import { appendLine, readOwnFile, writeDurably } from './host/durable-file.ts';
import { log } from './log.ts';
import { parseAttemptLog, type RoundResult } from './uplink/attempt-log.ts';
import type { StateFolder } from './uplink/state-folder.ts';

/**
 * What the resident process needs of the state folder. The files were written by the report process after it had
 * parsed them with their schemas, so that the resident one reads them without loading a schema library.
 */
export interface ResidentFacts {
  readonly machineId: string;
  /** A report was acknowledged since the machine joined. */
  readonly wasAcknowledged: boolean;
  readonly attemptsThrough: number;
  readonly planVersion?: string;
  readonly intervals?: Plan['intervals'];
  readonly networks?: Plan['networks'];
}

/** Reads them; undefined when the machine has not joined. */
export function readResidentFacts(folder: StateFolder): ResidentFacts | undefined {
  const identity: { machineId?: string } = readJson(folder.identityFile);
  if (identity.machineId === undefined) return undefined;
  const state: { lastAcknowledged?: object; attemptsThrough?: number } = readJson(folder.stateFile);
  const plan: Partial<Plan> = readJson(folder.planFile);
  return {
    machineId: identity.machineId,
    wasAcknowledged: state.lastAcknowledged !== undefined,
    attemptsThrough: state.attemptsThrough ?? 0,
    ...(plan.version === undefined ? {} : { planVersion: plan.version }),
    ...(plan.intervals === undefined ? {} : { intervals: plan.intervals }),
    ...(plan.networks === undefined ? {} : { networks: plan.networks }),
  };
}

/** Size of the attempts file from which reported rounds are taken out, in characters. */
const ATTEMPTS_LENGTH = 65_536;

/** Tells whether lines of the attempts file are none: cut off by a power cut, or written by something else. */
export function isAttemptsDamaged(text: string): boolean {
  return !text.endsWith('\n') ? text !== '' : /^(?!\{"round":|$)/m.test(text);
}

/** Takes rounds out of the attempts file that are in a report, and what is damaged; the newest round stays, as it carries the number. */
export function keepUnreported(folder: StateFolder): void {
  const text = readOwnFile(folder.attemptsFile) ?? '';
  const isDamaged = isAttemptsDamaged(text);
  if (isDamaged) log('warn', { file: folder.attemptsFile }, 'State file was damaged and begins anew');
  if (text.length < ATTEMPTS_LENGTH && !isDamaged) return;
  const through = readResidentFacts(folder)?.attemptsThrough ?? 0;
  const rounds = parseAttemptLog(text);
  const kept = rounds.filter(({ round }, index) => round > through || index === rounds.length - 1);
  writeDurably(folder.attemptsFile, kept.map((round) => `${JSON.stringify(round)}\n`).join(''));
}

/**
 * Number of the newest round of attempts; 0 before the first one. A file that was damaged or lost does not make it
 * smaller than what was reported: rounds with an old number would never be.
 */
export function lastRoundNumber(folder: StateFolder): number {
  const inFile = parseAttemptLog(readOwnFile(folder.attemptsFile) ?? '').at(-1)?.round ?? 0;
  return Math.max(inFile, readResidentFacts(folder)?.attemptsThrough ?? 0);
}

/** Adds a round to the attempts file under the next number. */
export function keepRound(folder: StateFolder, atMs: number, result: RoundResult): void {
  appendLine(folder.attemptsFile, JSON.stringify({ round: lastRoundNumber(folder) + 1, atMs, ...result }));
}

/** Default gateways of the newest look at the network; none before the first one, or when it failed. */
export function knownGateways(folder: StateFolder): readonly string[] {
  const outcomes: { network?: { value?: { defaultGateways?: readonly string[] } } } = readJson(folder.observationsFile);
  return outcomes.network?.value?.defaultGateways ?? [];
}

function readJson<Value extends object>(path: string): Value | Record<string, never> {
  const text = readOwnFile(path);
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
