import { type ChildProcess, spawn } from 'node:child_process';
import { systemCodeOf, TramdoError } from '#shared/errors.ts';
import type { Command } from './command.ts';
import type { CommandResult } from './host.ts';

/** Most a command may print on one of its outputs, in bytes. */
const MAX_OUTPUT_BYTES = 4_194_304;

/** Folders in which programs are looked for: those only root can write. */
const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** How a command came to its end when the agent ended it. */
type Ending = 'deadline' | 'aborted' | 'too-much-output';

/**
 * Runs a command of the closed list without a shell, in the C locale, in a process group of its own.
 *
 * At its deadline, on `signal`, or above 4 MiB of output, the whole group is killed: a hung tool leaves no children.
 *
 * @throws {TramdoError} COMMAND_MISSING, COMMAND_TIMED_OUT, COMMAND_KILLED, OUTPUT_TOO_LARGE, HOST_FILE_DENIED
 */
export async function runCommand(command: Command, signal: AbortSignal | undefined): Promise<CommandResult> {
  const [program, ...rest] = command.argv;
  const child = spawn(program, rest, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C', LANG: 'C', HOME: '/' },
  });
  let ending: Ending | undefined;
  const end = (why: Ending) => {
    ending ??= why;
    killGroup(child);
  };
  const timer = setTimeout(() => end('deadline'), command.deadlineMs);
  const onAbort = () => end('aborted');
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    const stdout = collect(child.stdout, () => end('too-much-output'));
    const stderr = collect(child.stderr, () => end('too-much-output'));
    const status = await exitOf(child, program);
    return judgeEnding(command, ending, status, { stdout: stdout(), stderr: stderr() });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

interface ExitStatus {
  readonly exitCode: number | null;
  readonly signalName: string | null;
}

function exitOf(child: ChildProcess, program: string): Promise<ExitStatus> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      const missing = systemCodeOf(error) === 'ENOENT';
      const action = `Cannot run "${program}"`;
      reject(
        missing
          ? new TramdoError('COMMAND_MISSING', `${action} as it is not installed`, { cause: error })
          : new TramdoError('HOST_FILE_DENIED', `${action}: ${systemCodeOf(error) ?? 'refused'}`, { cause: error }),
      );
    });
    child.once('close', (exitCode, signalName) => resolve({ exitCode, signalName }));
  });
}

function judgeEnding(
  command: Command,
  ending: Ending | undefined,
  status: ExitStatus,
  output: { readonly stdout: string; readonly stderr: string },
): CommandResult {
  const shown = command.argv.join(' ');
  if (ending === 'too-much-output') {
    throw new TramdoError('OUTPUT_TOO_LARGE', `Stopped "${shown}" as it printed more than ${MAX_OUTPUT_BYTES} bytes`);
  }
  if (ending !== undefined) {
    throw new TramdoError('COMMAND_TIMED_OUT', `Killed "${shown}" as it did not end in time`);
  }
  if (status.exitCode === null) {
    throw new TramdoError(
      'COMMAND_KILLED',
      `Cannot use "${shown}" as it was ended by ${status.signalName ?? 'a signal'}`,
    );
  }
  return { ...output, exitCode: status.exitCode };
}

function collect(stream: NodeJS.ReadableStream | null, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let total = 0;
  stream?.on('data', (chunk: Buffer) => {
    total += chunk.length;
    if (total > MAX_OUTPUT_BYTES) onTooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already, or the system has no groups (Windows): the child itself remains to be ended.
    child.kill('SIGKILL');
  }
}
