import { appendFileSync, renameSync, statSync } from 'node:fs';

/** Size at which the file is put aside, in bytes; with its one predecessor it takes twice as much. */
const MAX_BYTES = 262_144;

/**
 * Appends a line to a log file of bounded size: beyond 256 KB it becomes `<path>.1` and a new one begins. What cannot
 * be written is lost: logging never stands in the way of work.
 */
export function appendToLogFile(path: string, line: string): void {
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(path, `${path}.1`);
    appendFileSync(path, `${line}\n`, { mode: 0o600 });
  } catch {
    // A full disk is told of by what cannot be kept on it.
  }
}
