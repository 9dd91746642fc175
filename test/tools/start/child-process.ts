import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A process that keeps running, with its log in a file. */
export interface RunningProcess {
  /** Resolves with the first log line that holds the text; rejects when the process ends before. */
  waitFor(text: string): Promise<string>;
  /** Exit status, once it ended. */
  readonly ended: Promise<number>;
  /** The newest lines on standard error that are not log lines: what the program said to people. */
  readonly complaint: () => string;
  /** Writes what was logged so far, and everything from now on, to a file. */
  logTo(file: string): void;
  stop(): void;
}

/** Starts a program that stays. */
export function startProcess(argv: readonly string[]): RunningProcess {
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
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
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear);
  const ended = exitOf(child);
  return {
    ended,
    complaint: () => lines.filter((line) => !line.startsWith('{')).join('\n'),
    logTo: (file) => {
      log = createWriteStream(file, { flags: 'a', mode: 0o600 });
      for (const line of lines) log.write(`${line}\n`);
    },
    stop: () => child.kill('SIGTERM'),
    waitFor: (text) =>
      new Promise((resolve, reject) => {
        const heard = lines.find((line) => line.includes(text));
        if (heard !== undefined) resolve(heard);
        waiting.add({ text, resolve });
        ended.then((status) => reject(new Error(`ended with status ${status}`)));
      }),
  };
}

/** Runs a program to its end and gives what it printed. */
export async function runProgram(argv: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, status] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
  return { status, stdout, stderr };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('close', (status) => resolve(status ?? 1));
  });
}
