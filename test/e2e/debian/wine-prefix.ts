import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndedProgram } from '../../child-process.ts';
import { freshFolder } from '../collector-process.ts';
import { debianProgram } from './debian-program.ts';

/** Exit statuses reach Linux without their upper bits: ERROR_INSTALL_FAILURE is 1603, ERROR_FUNCTION_FAILED 1627. */
export const REFUSED_STATUSES = [1603, 1627].map((status) => status % 256);

/** A Windows 10 of its own, as far as Wine is one. */
export interface WinePrefix {
  /** Folder that is `C:\`. */
  readonly drive: string;
  /** Runs a Windows program to its end. */
  run(...argv: string[]): EndedProgram;
  /** Runs the agent as its package installed it, with the runtime of the package. */
  agent(...argv: string[]): EndedProgram;
  /** Text of a file on `C:\`; undefined when it is not there. */
  text(path: string): string | undefined;
  /** Names in a folder of `C:\`, sorted; none when it is not there. */
  names(path: string): readonly string[];
}

const PROGRAM = 'C:\\Program Files\\tramdo-agent';

/** Other services are started first; meanwhile each attempt is refused after three seconds. */
const SCHEDULER_ATTEMPTS = 40;

/** What ends the processes of each prefix. */
const running = new Set<() => void>();

/** Ends every process of the prefixes that were made; for `afterAll`. */
export function stopWinePrefixes(): void {
  for (const stop of running) stop();
  running.clear();
}

/** Makes a prefix; takes some seconds. */
export function makeWinePrefix(): WinePrefix {
  const wine = debianProgram('/usr/bin/wine', 'wine');
  const folder = freshFolder('wine');
  const drive = join(folder, 'prefix/drive_c');
  const env = {
    ...process.env,
    WINEPREFIX: join(folder, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    DISPLAY: '',
    // Neither is installed, and Wine would ask whether to fetch them.
    WINEDLLOVERRIDES: 'mscoree=;mshtml=',
  };
  const start = (program: string, argv: readonly string[]): EndedProgram => {
    // Files and no pipes: Node cannot write to a pipe of Linux in Wine.
    const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
    const files = paths.map((path) => openSync(path, 'w'));
    const { status } = spawnSync(program, argv, { env, stdio: ['ignore', ...files], timeout: 110_000 });
    for (const file of files) closeSync(file);
    const [stdout, stderr] = paths.map((path) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
    return { status: status ?? 1, stdout: stdout ?? '', stderr: stderr ?? '' };
  };
  const run = (...argv: string[]) => start(wine, argv);
  run('wineboot', '--init');
  run('winecfg', '-v', 'win10');
  const end = () => start(debianProgram('/usr/bin/wineserver', 'wine'), ['--kill', '--wait']);
  // The services that a new prefix starts never all come up, and until then nothing else can be started.
  end();
  // Windows always runs its task scheduler. Wine ends it with the last program: this one waits for a line that never
  // comes.
  const waiting = spawn(wine, ['cmd'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  running.add(() => {
    waiting.stdin.end();
    end();
  });
  const isScheduling = () => /already running|started success/.test(run('net', 'start', 'Schedule').stdout);
  if (!Array.from({ length: SCHEDULER_ATTEMPTS }).some(isScheduling))
    throw new Error('The scheduler of Wine is not up');
  return {
    drive,
    run,
    agent: (...argv) => run(`${PROGRAM}\\node.exe`, `${PROGRAM}\\tramdo-agent.mjs`, ...argv),
    text: (path) => (existsSync(join(drive, path)) ? readFileSync(join(drive, path), 'utf8') : undefined),
    names: (path) => (existsSync(join(drive, path)) ? readdirSync(join(drive, path)).toSorted() : []),
  };
}
