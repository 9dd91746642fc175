import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { systemCodeOf, TramdoError } from '#shared/errors.ts';
import type { Command } from './command.ts';
import { currentPlatform } from './current-platform.ts';
import { decodeOutput } from './decode-output.ts';
import { endProcess } from './end-process.ts';
import type { CommandResult } from './host.ts';
import { windowsEnvironment, windowsProgram } from './windows-program.ts';

/** Most a command may print on one of its outputs, in bytes. */
const MAX_OUTPUT_BYTES = 4_194_304;
/** How long a killed command may take to be gone before nobody waits for it any more, in milliseconds. */
const LEAVE_MS = 5_000;

/** Folders in which programs are looked for: those only root can write. */
const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** How a command came to its end when the agent ended it. */
type Ending = 'deadline' | 'aborted' | 'too-much-output';

/** What a command of the closed list is given besides its fixed arguments. */
export interface CommandInput {
  /** What its `takes` allows: the last argument. */
  readonly argument?: string;
  /** Variables added to its environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Runs a command of the closed list without a shell, in the C locale, in a process group of its own; on Windows with
 * the system's own environment, from the system's own folder.
 *
 * At its deadline, on `signal`, or above 4 MiB of output, it is killed with its children: a hung tool leaves none. One
 * that cannot even be killed is left alone after five seconds, so that it holds nobody.
 *
 * @throws {TramdoError} COMMAND_MISSING, COMMAND_TIMED_OUT, COMMAND_KILLED, OUTPUT_TOO_LARGE, HOST_FILE_DENIED
 */
export async function runCommand(
  command: Command,
  signal: AbortSignal | undefined,
  { argument, variables = {} }: CommandInput = {},
): Promise<CommandResult> {
  const [program, ...fixed] = command.argv;
  const child = start(program, argument === undefined ? fixed : [...fixed, argument], variables);
  let ending: Ending | undefined;
  const leaving = Promise.withResolvers<ExitStatus>();
  const end = (why: Ending) => {
    if (ending !== undefined) return;
    ending = why;
    endProcess(child);
    setTimeout(() => leaving.resolve(abandon(child)), LEAVE_MS).unref();
  };
  const timer = setTimeout(() => end('deadline'), command.deadlineMs);
  const onAbort = () => end('aborted');
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    const stdout = collect(child.stdout, () => end('too-much-output'));
    const stderr = collect(child.stderr, () => end('too-much-output'));
    const status = await Promise.race([exitOf(child, program), leaving.promise]);
    return judgeEnding(command, ending, status, { stdout: stdout(), stderr: stderr() });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function start(program: string, rest: readonly string[], variables: Readonly<Record<string, string>>): ChildProcess {
  const piped: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true };
  if (currentPlatform() === 'win32') {
    const env = { ...windowsEnvironment(process.env), ...variables };
    return spawn(windowsProgram(program, process.env), rest, { ...piped, cwd: env['SystemRoot'], env });
  }
  const env = { PATH: SYSTEM_PATH, LC_ALL: 'C', LANG: 'C', HOME: '/', ...variables };
  return spawn(program, rest, { ...piped, cwd: '/', detached: true, env });
}

/** A process in the kernel's hands, or a grandchild that holds a pipe, must not hold the agent as well. */
function abandon(child: ChildProcess): ExitStatus {
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
  return { exitCode: null, signalName: 'SIGKILL' };
}

interface ExitStatus {
  readonly exitCode: number | null;
  readonly signalName: string | null;
}

function exitOf(child: ChildProcess, program: string): Promise<ExitStatus> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      const code = systemCodeOf(error) ?? 'refused';
      const action = `Cannot run "${program}"`;
      // Windows has no code of its own for a program that a policy forbids: libuv calls error 1260 UNKNOWN.
      const policy = code === 'UNKNOWN' ? ', which a policy may forbid' : '';
      reject(
        code === 'ENOENT'
          ? new TramdoError('COMMAND_MISSING', `${action} as it is not installed`, { cause: error })
          : new TramdoError('HOST_FILE_DENIED', `${action}${policy}: ${code}`, { cause: error }),
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
  if (ending === 'deadline' && command.keepsPartialOutput === true) {
    return { ...output, exitCode: status.exitCode ?? -1, isCutShort: true };
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
  return () => decodeOutput(Buffer.concat(chunks));
}
