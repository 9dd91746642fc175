import { type ChildProcess, spawn } from 'node:child_process';
import { log } from '../log.ts';
import type { StateFolder } from '../uplink/state-folder.ts';

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
  const child = spawn(
    node,
    [script, 'report', '--state', folder.path, '--resident-since-ms', since, '--resident-memory-bytes', memory],
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: folder.compileCacheFolder },
      windowsHide: true,
    },
  );
  const end = () => killTree(child);
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

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
