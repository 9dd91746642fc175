import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * V8 without its two optimising compilers, whose code is never read into memory then; a beacon still signs several times
 * what it is asked for.
 */
const SMALL = '--max-opt=1';

/**
 * Starts this process again as a small one, once: with less of V8, and with every module compiled beforehand by a process
 * that has ended, so that neither the reader of TypeScript nor what makes certificates stays in memory. It keeps its
 * number, so that whoever supervises it sees nothing of it. Where a process cannot be replaced (Windows) it goes on as it
 * is, which costs memory and nothing else.
 *
 * @param dataFolder where compiled modules are kept, unless NODE_COMPILE_CACHE names another place
 * @param preparation option that lets the command end once everything is made and loaded
 */
export function becomeSmall(dataFolder: string, preparation: string): void {
  const { execArgv, execPath, execve } = process;
  if (execArgv.includes(SMALL) || execve === undefined) return;
  const environment = { NODE_COMPILE_CACHE: join(dataFolder, 'compiled'), ...process.env };
  const argv = [...execArgv, SMALL, ...process.argv.slice(1)];
  // What goes wrong here goes wrong again in a moment, and is said then.
  spawnSync(execPath, [...argv, preparation], { env: environment, stdio: 'ignore' });
  execve.call(process, execPath, [execPath, ...argv], environment);
}
