import { setTimeout as delay } from 'node:timers/promises';
import { wallClockMs } from '../host/clock.ts';
import { isAlive, readHolder } from '../uplink/lock.ts';
import type { StateFolder } from '../uplink/state-folder.ts';

/** How long a report may go on after its service was ended, in milliseconds. */
const GRACE_MS = 15_000;
const LOOK_MS = 250;

/**
 * Waits until no report is at work, and ends one that does not come to its end: on Windows a report process outlives
 * the task that started it, and holds the program and the state that are about to be replaced or removed.
 *
 * The process id comes from a file that only administrators can write.
 */
export async function endReportProcess(folder: StateFolder): Promise<void> {
  for (let waitedMs = 0; waitedMs < GRACE_MS; waitedMs += LOOK_MS) {
    if (workingProcess(folder) === undefined) return;
    await delay(LOOK_MS);
  }
  const processId = workingProcess(folder);
  if (processId === undefined) return;
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function workingProcess(folder: StateFolder): number | undefined {
  const holder = readHolder(folder.lockFile);
  return holder !== undefined && isAlive(holder, wallClockMs()) ? holder.pid : undefined;
}
