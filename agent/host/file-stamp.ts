import { statSync, utimesSync } from 'node:fs';

/** Changes whenever the file is replaced or written; undefined when it is not there. One call of the system. */
export function fileStamp(path: string): string | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined ? undefined : `${status.ino}:${status.mtimeMs}:${status.size}`;
}

/** Sets the instant of the newest change to now, as a sign of life; nothing happens when the file is gone. */
export function touchFile(path: string, nowMs: number): void {
  try {
    utimesSync(path, nowMs / 1_000, nowMs / 1_000);
  } catch {
    // A sign that cannot be given now is given the next time.
  }
}

/** How far the newest change of a file is from an instant, either way, in milliseconds; undefined without the file. */
export function fileAgeMs(path: string, nowMs: number): number | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined ? undefined : Math.abs(nowMs - status.mtimeMs);
}
