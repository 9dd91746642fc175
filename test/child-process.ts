import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** How to start a program. */
export interface ProcessOptions {
  /** The Node that runs it; this one unless told. */
  readonly node?: string;
  /** Path of another program than Node that runs instead. */
  readonly program?: string;
  /** Variables added to this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Leads a process group of its own, so that {@link RunningProcess.stop} reaches its children as Ctrl-C does. */
  readonly isGroupLeader?: boolean;
}

/** A process that keeps running. */
export interface RunningProcess {
  readonly pid: number;
  /** Resolves with the first log line that holds the text; rejects when the process ends before. */
  waitFor(text: string): Promise<string>;
  /** Exit status once it ended; 1 when a signal ended it. */
  readonly ended: Promise<number>;
  /** The newest lines that are not log lines: what the program said to people. */
  readonly complaint: () => string;
  /** The newest 200 lines it printed. */
  readonly lines: readonly string[];
  /** Writes what was logged so far, and everything from now on, to a file. */
  logTo(file: string): void;
  /** Asks it to stop (SIGTERM) unless told otherwise. */
  stop(signal?: NodeJS.Signals): void;
}

/** What a program that ran to its end left. */
export interface EndedProgram {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a program that stays. */
export function startProcess(argv: readonly string[], options: ProcessOptions = {}): RunningProcess {
  const child = spawnNode(argv, options);
  let log: WriteStream | undefined;
  const lines: string[] = [];
  const waiting = new Set<{ text: string; resolve: (line: string) => void }>();
  const hear = (line: string) => {
    log?.write(`${line}\n`);
    lines.push(line);
    if (lines.length > 200) lines.shift();
    for (const wait of waiting) {
      if (line.includes(wait.text)) wait.resolve(line);
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', hear);
  }
  const ended = exitOf(child);
  const pid = child.pid ?? 0;
  return {
    pid,
    ended,
    lines,
    complaint: () => lines.filter((line) => !line.startsWith('{')).join('\n'),
    logTo: (file) => {
      log = createWriteStream(file, { flags: 'a', mode: 0o600 });
      for (const line of lines) log.write(`${line}\n`);
    },
    stop: (signal = 'SIGTERM') => {
      if (options.isGroupLeader === true) signalGroup(pid, signal);
      else child.kill(signal);
    },
    waitFor: (text) =>
      new Promise((resolve, reject) => {
        const heard = lines.find((line) => line.includes(text));
        if (heard !== undefined) resolve(heard);
        waiting.add({ text, resolve });
        ended.then((status) => reject(new Error(`ended with status ${status}: ${lines.slice(-5).join('\n')}`)));
      }),
  };
}

/** Runs a program to its end. */
export async function runProgram(argv: readonly string[], options: ProcessOptions = {}): Promise<EndedProgram> {
  const child = spawnNode(argv, options);
  const [stdout, stderr, status] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
  return { status, stdout, stderr };
}

/** The group may be gone already. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function spawnNode(argv: readonly string[], options: ProcessOptions): ChildProcess {
  const { node = process.execPath, program = node, environment, isGroupLeader = false } = options;
  const env = { ...process.env, ...environment };
  return spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'], env, detached: isGroupLeader });
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('close', (status) => resolve(status ?? 1));
  });
}
