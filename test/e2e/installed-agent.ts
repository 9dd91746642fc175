import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningProcess, runProgram, startProcess } from '../child-process.ts';
import { freshFolder } from './collector-process.ts';
import { endAfterwards } from './leftovers.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A bundle of the agent with a version of its own, made once. */
export function bundleOf(version: string): string {
  const known = bundles.get(version);
  if (known !== undefined && existsSync(known)) return known;
  const folder = join(freshFolder('bundle'), version);
  mkdirSync(folder, { recursive: true });
  const argv = [join(ROOT, 'agent/build.ts'), '--out', folder, '--agent-version', version];
  execFileSync(process.execPath, argv, { cwd: ROOT, stdio: 'pipe' });
  bundles.set(version, folder);
  return folder;
}

const bundles = new Map<string, string>();

const kept = new Set<InstalledAgent>();

/** Ends every agent that is kept running, however its test ended; before clearLeftovers, or they would start again. */
export async function stopInstalledAgents(): Promise<void> {
  await Promise.all([...kept].map((agent) => agent.stop()));
}

/** An agent as a package installs it, kept running as a service manager does. */
export interface InstalledAgent {
  readonly stateFolder: string;
  readonly programFolder: string;
  /** Exit statuses of the resident process so far. */
  readonly exits: readonly number[];
  /** What it logged so far, oldest first. */
  logged(): readonly string[];
  command(...argv: string[]): Promise<{ status: number; stdout: string; stderr: string }>;
  /** Starts the resident process, and starts it again whenever it ends. */
  keepRunning(): void;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/**
 * Installs the bundle of a version into a folder of its own.
 *
 * @param releaseKey public key as JSON text; absent: the package brings none
 */
export function installAgent(version: string, releaseKey?: string): InstalledAgent {
  const programFolder = join(freshFolder('program'), 'tramdo-agent');
  cpSync(bundleOf(version), programFolder, { recursive: true });
  if (releaseKey !== undefined) writeFileSync(join(programFolder, 'release-key.json'), releaseKey);
  const stateFolder = join(freshFolder('agent'), 'state');
  const launcher = join(programFolder, 'tramdo-agent.mjs');
  const argvOf = (argv: readonly string[]) => [launcher, ...argv, '--state', stateFolder];
  const processes: RunningProcess[] = [];
  const exits: number[] = [];
  let isKept = false;
  const start = () => {
    const running = endAfterwards(startProcess(argvOf(['run']), { isGroupLeader: true }));
    processes.push(running);
    running.ended.then((status) => {
      exits.push(status);
      if (isKept) start();
    });
  };
  const agent: InstalledAgent = {
    stateFolder,
    programFolder,
    exits,
    logged: () => processes.flatMap(({ lines }) => lines),
    command: (...argv) => runProgram(argvOf(argv)),
    keepRunning: () => {
      isKept = true;
      kept.add(agent);
      start();
    },
    stop: async () => {
      isKept = false;
      kept.delete(agent);
      const last = processes.at(-1);
      last?.stop();
      await last?.ended;
    },
  };
  return agent;
}
