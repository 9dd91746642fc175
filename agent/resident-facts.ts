import type { Plan } from '#shared/plan.ts';
import { readOwnFile, writeDurably } from './host/durable-file.ts';
import { parseAttemptLog } from './uplink/attempt-log.ts';
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

/** Takes rounds out of the attempts file that are in a report; the newest round stays, as it carries the number. */
export function keepUnreported(folder: StateFolder): void {
  const text = readOwnFile(folder.attemptsFile) ?? '';
  if (text.length < ATTEMPTS_LENGTH) return;
  const through = readResidentFacts(folder)?.attemptsThrough ?? 0;
  const rounds = parseAttemptLog(text);
  const kept = rounds.filter(({ round }, index) => round > through || index === rounds.length - 1);
  writeDurably(folder.attemptsFile, kept.map((round) => `${JSON.stringify(round)}\n`).join(''));
}

/** Number of the newest round of attempts; 0 before the first one. */
export function lastRoundNumber(folder: StateFolder): number {
  return parseAttemptLog(readOwnFile(folder.attemptsFile) ?? '').at(-1)?.round ?? 0;
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
