import { rmSync } from 'node:fs';
import type { RunningProcess } from '../child-process.ts';

const processes = new Set<RunningProcess>();
const folders = new Set<string>();

/** Remembers a process for {@link clearLeftovers}, however its test ends. */
export function endAfterwards(running: RunningProcess): RunningProcess {
  processes.add(running);
  running.ended.then(() => processes.delete(running));
  return running;
}

/** Remembers a folder for {@link clearLeftovers}. */
export function removeAfterwards(folder: string): string {
  folders.add(folder);
  return folder;
}

/** Kills every process that still runs and removes every folder; for `afterAll`. */
export async function clearLeftovers(): Promise<void> {
  const running = [...processes];
  for (const one of running) one.stop('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  // A report process leads a group of its own and may write for a moment longer than the agent that was killed.
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  folders.clear();
}
