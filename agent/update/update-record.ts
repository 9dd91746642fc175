import { isVersion } from './compare-versions.ts';

/** Folders that hold a downloaded release: one runs, the other one is written. */
export const SLOTS = ['a', 'b'] as const;

/** One of {@link SLOTS}. */
export type Slot = (typeof SLOTS)[number];

/** A release that lies in a slot. */
export interface SlotProgram {
  readonly slot: Slot;
  readonly version: string;
  /** Every file of it, with its length in bytes: a shorter one was cut off. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** A release that has not proved itself: none of its reports was acknowledged yet. */
export interface Trial extends SlotProgram {
  /** Starts in a row that showed no sign of life; see settle-trial.ts. */
  readonly starts: number;
  /** Reports of it that could not arrive as there was no line. */
  readonly quietReports: number;
  /** When it was put on trial, epoch milliseconds by the machine's clock. */
  readonly sinceMs: number;
}

/** A release this machine went back from or refused. */
export interface FailedUpdate {
  readonly version: string;
  /** What happened, in words, at most 200 characters. */
  readonly reason: string;
  readonly atMs: number;
}

/** What `update.json` says; an empty record means that the program of the package runs. */
export interface UpdateRecord {
  /** Proved itself; absent: the program of the package. */
  readonly active?: SlotProgram;
  /** What was active before, still in its slot. */
  readonly previous?: SlotProgram;
  readonly trial?: Trial;
  readonly failed?: FailedUpdate;
  /** Newest `builtAt` of a manifest that was taken; older manifests are refused. */
  readonly newestBuiltAt?: string;
  /** Version that the plan offered last. */
  readonly offered?: string;
  /** When the collector was asked for it last, or it was first seen in the plan, epoch milliseconds. */
  readonly askedAtMs?: number;
  /** Not to be asked before: the collector said so. */
  readonly notBeforeMs?: number;
}

/** Longest reason that is kept. */
const MAX_REASON_LENGTH = 200;

/** Names that a file of a release may have: plain, so that it cannot leave its slot. */
export const RELEASE_FILE_NAME = /^[a-z][a-z0-9-]{0,39}\.mjs$/;

/**
 * Reads `update.json`; what does not have its form is left out, and a damaged file is an empty record, so that the
 * program of the package runs.
 *
 * Checked by hand: the launcher loads no schema library, and what it takes from here becomes a path.
 */
export function parseUpdateRecord(text: string): UpdateRecord {
  const raw = objectOf(parse(text));
  const [active, previous] = [slotProgram(raw['active']), slotProgram(raw['previous'])];
  const [trial, failed] = [trialOf(raw['trial']), failedOf(raw['failed'])];
  const { newestBuiltAt, offered, askedAtMs, notBeforeMs } = raw;
  return {
    ...(active === undefined ? {} : { active }),
    ...(previous === undefined ? {} : { previous }),
    ...(trial === undefined ? {} : { trial }),
    ...(failed === undefined ? {} : { failed }),
    ...(typeof newestBuiltAt === 'string' ? { newestBuiltAt } : {}),
    ...(typeof offered === 'string' ? { offered } : {}),
    ...(isCount(askedAtMs) ? { askedAtMs } : {}),
    ...(isCount(notBeforeMs) ? { notBeforeMs } : {}),
  };
}

/** The record after a release failed: it neither runs nor is tried, and its reason is kept. */
export function withFailure(record: UpdateRecord, version: string, { reason, atMs }: Omit<FailedUpdate, 'version'>) {
  const { active, previous, trial, ...rest } = record;
  const isKept = (program: SlotProgram | undefined) => program !== undefined && program.version !== version;
  const kept = [active, previous].filter(isKept);
  return parseUpdateRecord(
    JSON.stringify({
      ...rest,
      active: kept[0],
      previous: kept[1],
      trial: isKept(trial) ? trial : undefined,
      failed: { version, reason: reason.slice(0, MAX_REASON_LENGTH), atMs },
    }),
  );
}

function slotProgram(value: unknown): SlotProgram | undefined {
  const { slot, version, files } = objectOf(value);
  const known = SLOTS.find((name) => name === slot);
  if (known === undefined || typeof version !== 'string' || !isVersion(version) || !Array.isArray(files))
    return undefined;
  const read = files.flatMap((file: unknown) => {
    const { name, bytes } = objectOf(file);
    return typeof name === 'string' && RELEASE_FILE_NAME.test(name) && isCount(bytes) ? [{ name, bytes }] : [];
  });
  return read.length === files.length && read.length > 0 ? { slot: known, version, files: read } : undefined;
}

function trialOf(value: unknown): Trial | undefined {
  const program = slotProgram(value);
  const { starts, quietReports, sinceMs } = objectOf(value);
  if (program === undefined || !isCount(starts) || !isCount(quietReports) || !isCount(sinceMs)) return undefined;
  return { ...program, starts, quietReports, sinceMs };
}

function failedOf(value: unknown): FailedUpdate | undefined {
  const { version, reason, atMs } = objectOf(value);
  if (typeof version !== 'string' || typeof reason !== 'string' || !isCount(atMs)) return undefined;
  return { version, reason: reason.slice(0, MAX_REASON_LENGTH), atMs };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
