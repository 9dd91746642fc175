import { spawn } from 'node:child_process';

/** How long a child may take to end by itself, in milliseconds. */
const GRACE_MS = 8_000;

/** A process of the agent that another one watches over. */
export interface WatchedChild {
  /** Exit status once it ended; undefined when a signal ended it. */
  readonly ended: Promise<number | undefined>;
  /** Signs of life that came since the last call. */
  takeSigns(): number;
  /** Asks it to end, and ends it after a few seconds. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Starts this program once more with the same arguments. Whoever asks this process to end asks the child, and this
 * process goes on until the child has ended.
 */
export function startWatchedChild(argv: readonly string[]): WatchedChild {
  const [script = ''] = process.argv.slice(1);
  const child = spawn(process.execPath, [...process.execArgv, script, ...argv], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    windowsHide: true,
  });
  let signCount = 0;
  child.on('message', () => {
    signCount += 1;
  });
  const stop = () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  return {
    ended: new Promise((resolve) => {
      child.once('error', () => resolve(undefined));
      child.once('exit', (status) => resolve(status ?? undefined));
    }),
    takeSigns: () => {
      const taken = signCount;
      signCount = 0;
      return taken;
    },
    stop,
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
