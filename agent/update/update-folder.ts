import { join } from 'node:path';
import { DEFAULT_INTERVALS } from '../default-intervals.ts';
import { fileLength } from '../host/file-length.ts';
import { readIfThere, replaceFile } from '../host/replace-file.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import { parseUpdateRecord, type Slot, type SlotProgram, type UpdateRecord } from './update-record.ts';

/** Module of a release that is started. */
export const MAIN_MODULE = 'agent.mjs';

/** Folder of everything that updates keep, in the state folder. */
export function updateFolder(statePath: string): string {
  return join(statePath, 'releases');
}

/** Folder of a slot. */
export function slotFolder(statePath: string, slot: Slot): string {
  return join(updateFolder(statePath), slot);
}

/**
 * Reads `update.json`; without one the record is empty.
 *
 * @throws the system's own error when this account may not read it; the launcher loads no catalogue of errors
 */
export function readUpdateRecord(statePath: string): UpdateRecord {
  return parseUpdateRecord(readIfThere(recordFile(statePath)) ?? '');
}

/**
 * Replaces `update.json` so that after a power cut either the old or the new one is there. Its folder was made by the
 * first update.
 *
 * @throws the system's own error
 */
export function writeUpdateRecord(statePath: string, record: UpdateRecord): void {
  replaceFile(recordFile(statePath), `${JSON.stringify(record)}\n`);
}

/** Tells whether every file of a release is there in its length, and among them the one that is started. */
export function isIntact(statePath: string, { slot, files }: SlotProgram): boolean {
  const folder = slotFolder(statePath, slot);
  return (
    files.some(({ name }) => name === MAIN_MODULE) &&
    files.every(({ name, bytes }) => fileLength(join(folder, name)) === bytes)
  );
}

/** Milliseconds between two reports by the plan, which was checked when it was kept; by default without one. */
export function readReportMs(statePath: string): number {
  const intervals = /"reportMs":([0-9]+)/.exec(readIfThere(stateFolderAt(statePath).planFile) ?? '');
  return intervals === null ? DEFAULT_INTERVALS.reportMs : Number(intervals[1]);
}

function recordFile(statePath: string): string {
  return join(updateFolder(statePath), 'update.json');
}
