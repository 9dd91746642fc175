import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Variables added to the environment of a measured command. */
export type Environment = Readonly<Record<string, string>>;

/** CPU time of a command and of every process it starts and waits for, in seconds: bash's own `time`. */
export async function cpuSeconds(argv: readonly string[], environment: Environment = {}): Promise<number> {
  const script = 'TIMEFORMAT="cpu %U %S"; time "$@" >/dev/null 2>&1';
  const [, user, system] =
    /cpu ([0-9.]+) ([0-9.]+)/.exec(await errorsOf(['bash', '-c', script, 'bash', ...argv], environment)) ?? [];
  return Number(user) + Number(system);
}

/** Number of programs a command starts, itself included; undefined without strace. */
export async function startedProgramCount(
  argv: readonly string[],
  environment: Environment = {},
): Promise<number | undefined> {
  if (!isInstalled('strace')) return undefined;
  const file = join(mkdtempSync(join(tmpdir(), 'tramdo-strace-')), 'trace');
  const options = ['-f', '-qq', '-e', 'trace=execve', '-e', 'status=successful', '-o', file];
  await errorsOf(['strace', ...options, ...argv], environment);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('execve(')).length;
}

// Not spawnSync: the proxy that counts bytes runs in this very process.
function errorsOf([program = '', ...rest]: readonly string[], environment: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += String(chunk);
    });
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}

/** Resident memory of a running process, in kilobytes. */
export function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0');
}

/** Tells whether a program is installed. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
