import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestHosts } from './test-hosts.ts';

/** A program of the tests that runs on a host and does what it is told, one thing after the other. */
export interface HostProcess {
  /** Asks for one thing and waits for its answer; an answer with `error` is thrown. */
  ask(question: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** The newest lines it printed. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** What the program gets. */
export interface HostProgram {
  /** Path of a TypeScript file that answers messages by {@link answerMessages}. */
  readonly file: string;
  readonly argv?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts a program on a host. What the firmware of this machine says of itself is hidden from it: every host of a test
 * stands for another PC.
 */
export function startOnHost(hosts: TestHosts, host: string, program: HostProgram): HostProcess {
  const { file, argv = [], environment = {} } = program;
  const hide = 'for f in /sys/class/dmi /sys/firmware; do [ ! -d $f ] || mount -t tmpfs none $f; done; exec "$@"';
  const command = ['netns', 'exec', hosts.space(host), '/bin/sh', '-c', hide, 'sh', process.execPath, file, ...argv];
  const child = spawn('/usr/sbin/ip', command, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > 100) lines.shift();
      });
    }
  }
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  let last: Promise<unknown> = Promise.resolve();
  return {
    lines,
    ask: (question) => {
      const answer = last.then(() => askOnce(child, question, lines));
      last = answer.catch(() => {});
      return answer;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function askOnce(child: ChildProcess, question: object, lines: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Error(`The program ended: ${lines.slice(-5).join('\n')}`));
    child.once('close', onEnd);
    child.once('message', (message: { readonly error?: string; readonly answer: unknown }) => {
      child.off('close', onEnd);
      if (message.error === undefined) resolve(message.answer);
      else reject(new Error(message.error));
    });
    child.send(question);
  });
}
