import { cpSync, existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RESIDENT_NODE_FLAGS } from '#agent/service/service-program.ts';
import {
  type EndedProgram,
  type ProcessOptions,
  type RunningProcess,
  runProgram,
  startProcess,
} from '../child-process.ts';
import { freshFolder } from './collector-process.ts';
import { endAfterwards } from './leftovers.ts';

/** The bundled agent, as it is shipped. */
export const AGENT_BUNDLE = join(import.meta.dirname, '../../agent/dist/tramdo-agent.mjs');

/** A real agent with its own state folder. */
export interface AgentProcess {
  readonly stateFolder: string;
  /** Runs one command to its end. */
  command(...argv: string[]): Promise<EndedProgram>;
  /** Starts one command, which may be killed. */
  start(...argv: string[]): RunningProcess;
  /** Starts the resident agent as its service does. */
  run(): RunningProcess;
}

/** An agent on a state folder; nothing is started yet. */
export function agentOn(stateFolder = join(freshFolder('agent'), 'state'), options: ProcessOptions = {}): AgentProcess {
  const bundle = bundleAlone();
  const start = (...argv: string[]) => endAfterwards(startProcess(argvFor(argv), options));
  const argvFor = (argv: readonly string[]) => [bundle, ...argv, '--state', stateFolder];
  return {
    stateFolder,
    command: (...argv) => runProgram(argvFor(argv), options),
    start,
    run: () => endAfterwards(startProcess([...RESIDENT_NODE_FLAGS, ...argvFor(['run'])], options)),
  };
}

let copy: string | undefined;

/** A copy of the bundle away from this tree: no package is within its reach, and nobody bundles anew under a test. */
function bundleAlone(): string {
  if (!existsSync(AGENT_BUNDLE)) throw new Error('The agent is not bundled: run "npm run bundle" first');
  if (copy !== undefined && existsSync(copy)) return copy;
  const folder = freshFolder('agent-bundle');
  cpSync(dirname(AGENT_BUNDLE), folder, { recursive: true });
  copy = join(folder, basename(AGENT_BUNDLE));
  return copy;
}
