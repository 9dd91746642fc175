import { spawn } from 'node:child_process';
import { log } from '../log.ts';
import { flagsFor, REPORT_NODE_FLAGS } from '../service/service-program.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { currentPlatform } from './current-platform.ts';
import { endProcess } from './end-process.ts';

/** Longest life of a report process, in milliseconds; then it is killed with everything it started. */
const DEADLINE_MS = 300_000;

/** Starts report processes for the resident one. */
export interface ReportRunner {
  /** Runs one report to its end; never two at once. */
  run(): Promise<void>;
  /** Resolves when no report process is left. */
  idle(): Promise<void>;
}

/** Makes the runner; when `signal` aborts, a running report gets the chance to end by itself for a few seconds. */
export function createReportRunner(options: {
  readonly folder: StateFolder;
  readonly startedAtMs: number;
  readonly signal: AbortSignal;
}): ReportRunner {
  let current: Promise<void> = Promise.resolve();
  return {
    run: () => {
      current = current.then(() => (options.signal.aborted ? undefined : runOnce(options)));
      return current;
    },
    idle: () => current,
  };
}

async function runOnce({ folder, startedAtMs, signal }: Parameters<typeof createReportRunner>[0]): Promise<void> {
  const [node, script = ''] = [process.execPath, process.argv[1]];
  const memory = String(process.memoryUsage.rss());
  const since = String(startedAtMs);
  const facts = ['--resident-since-ms', since, '--resident-memory-bytes', memory];
  const flags = flagsFor(script, REPORT_NODE_FLAGS);
  const child = spawn(node, [...flags, script, 'report', '--state', folder.path, ...facts], {
    // A group of its own, to be ended as a whole; Windows has no groups and would give it a console instead.
    detached: currentPlatform() !== 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: folder.compileCacheFolder },
    windowsHide: true,
  });
  const end = () => endProcess(child);
  const timer = setTimeout(end, DEADLINE_MS);
  const hurry = () => setTimeout(end, 5_000).unref();
  signal.addEventListener('abort', hurry, { once: true });
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => resolve(code));
  });
  clearTimeout(timer);
  signal.removeEventListener('abort', hurry);
  if (exitCode === null) log('warn', {}, 'Report process was ended before it was done');
  else log('debug', { exitCode }, 'Report process ended');
}
