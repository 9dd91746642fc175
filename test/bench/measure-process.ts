import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * CPU time of a command and of every process it starts and waits for, in seconds: bash's own `time`.
 *
 * @returns undefined when the command cannot be run
 */
export function cpuSeconds(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): number | undefined {
  const script = 'TIMEFORMAT="cpu %U %S"; time "$@" >/dev/null 2>&1; exit $?';
  const run = spawnSync('bash', ['-c', script, 'bash', ...argv], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  const [, user, system] = /cpu ([0-9.]+) ([0-9.]+)/.exec(run.stderr) ?? [];
  if (user === undefined || system === undefined || run.status === 127) return undefined;
  return Number(user) + Number(system);
}

/** Number of programs a command starts, itself included; undefined without strace. */
export function startedProcessCount(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): number | undefined {
  const file = join(mkdtempSync(join(tmpdir(), 'tramdo-strace-')), 'trace');
  const run = spawnSync('strace', ['-f', '-qq', '-e', 'trace=execve', '-e', 'status=successful', '-o', file, ...argv], {
    env: { ...process.env, ...environment },
  });
  if (run.error !== undefined) return undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('execve(')).length;
}

/** Resident memory of a running process, in kilobytes. */
export function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0');
}

/** Tells whether a program is installed. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
