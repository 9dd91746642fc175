import type { AgentState } from '../uplink/agent-state.ts';
import { type UpdateRecord, withFailure } from './update-record.ts';

/** Reports of a trial that may be lost to the line; a way to the collector that only this release cannot take. */
const MAX_QUIET_REPORTS = 300;

/** Refusals that say nothing about who sent the report. */
const NOT_ITS_FAULT = new Set([
  'COLLECTOR_BUSY',
  'DISK_FULL',
  'MACHINE_CONFLICT',
  'MACHINE_RETIRED',
  'MACHINE_UNKNOWN',
  'RATE_LIMITED',
  'STORE_UNAVAILABLE',
]);

/**
 * How a report of a trial ended: the collector has it, nobody could have delivered it, or it ought to have arrived.
 */
export type TrialReport = 'acknowledged' | 'no_line' | 'failed';

/**
 * Says how the newest report ended.
 *
 * @param isLineOpen whether the collector's port answers, tried without anything of the release's own
 */
export function trialReport({ lastSeq, lastAcknowledged, lastFailure }: AgentState, isLineOpen: boolean): TrialReport {
  if (lastAcknowledged?.seq === lastSeq) return 'acknowledged';
  if (lastFailure === undefined || NOT_ITS_FAULT.has(lastFailure.code)) return 'no_line';
  return isLineOpen ? 'failed' : 'no_line';
}

/**
 * What a report makes of the trial it came from: an acknowledged one proves the release; one without a line takes back
 * the starts that were counted; one that failed lets them stand, and the launcher goes back when there are too many.
 */
export function settleTrial(
  record: UpdateRecord,
  { version, ended, nowMs }: { readonly version: string; readonly ended: TrialReport; readonly nowMs: number },
): UpdateRecord {
  const { trial, active, previous: _, failed: __, ...rest } = record;
  if (trial === undefined || trial.version !== version || ended === 'failed') return record;
  if (ended === 'acknowledged') {
    const { slot, files } = trial;
    return { ...rest, active: { slot, version, files }, ...(active === undefined ? {} : { previous: active }) };
  }
  const quietReports = trial.quietReports + 1;
  if (quietReports > MAX_QUIET_REPORTS) {
    return withFailure(record, version, { reason: `none of ${quietReports} reports of it arrived`, atMs: nowMs });
  }
  return { ...record, trial: { ...trial, starts: 0, quietReports } };
}
