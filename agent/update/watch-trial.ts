import type { UpdateRecord } from './update-record.ts';

/** Between two looks, in milliseconds. Durations are counted in looks: a suspended PC makes none. */
export const LOOK_MS = 2_000;

/** Looks without any sign of life after which a process hangs: one minute. */
const MAX_SILENT_LOOKS = 30;

/** Report intervals, and milliseconds beyond them, within which a trial must have started a report. */
const PATIENCE_INTERVALS = 3;
const PATIENCE_MS = 360_000;

/** What was seen of a trial so far. */
export interface TrialWatch {
  readonly silentLooks: number;
  readonly idleLooks: number;
  /** The trial of the record as it was seen last, as JSON. */
  readonly seen: string;
}

/** Nothing was seen yet. */
export const FIRST_WATCH: TrialWatch = { silentLooks: 0, idleLooks: 0, seen: '' };

/** What one look found. */
export interface TrialLook {
  readonly record: UpdateRecord;
  /** Version of the release on trial. */
  readonly version: string;
  /** Signs of life since the look before. */
  readonly signCount: number;
  /** Between two reports, in milliseconds. */
  readonly reportMs: number;
}

/**
 * Judges a trial by one look: `over` when it proved itself or went back, a reason when it must go back, and else the
 * watch to go on with.
 */
export function watchTrial(
  watch: TrialWatch,
  { record, version, signCount, reportMs }: TrialLook,
): TrialWatch | 'over' | { readonly reason: string } {
  if (record.trial?.version !== version) return 'over';
  const seen = JSON.stringify(record.trial);
  const silentLooks = signCount > 0 ? 0 : watch.silentLooks + 1;
  const idleLooks = seen === watch.seen ? watch.idleLooks + 1 : 0;
  if (silentLooks >= MAX_SILENT_LOOKS) return { reason: 'it hung for a minute' };
  if (idleLooks * LOOK_MS >= PATIENCE_INTERVALS * reportMs + PATIENCE_MS) {
    return { reason: `it started no report within ${PATIENCE_INTERVALS} intervals` };
  }
  return { silentLooks, idleLooks, seen };
}
