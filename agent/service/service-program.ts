/** Whether the agent stays, or the system's scheduler starts it every 15 minutes and nothing stays. */
export type ServiceMode = 'resident' | 'scheduled';

/** What the system's service manager starts. */
export interface ServiceProgram {
  /** Absolute path of the runtime. */
  readonly nodePath: string;
  /** Absolute path of the script that the runtime starts. */
  readonly scriptPath: string;
  /** Absolute path of the state folder; absent when it is the system's default, so that the agent finds it alone. */
  readonly statePath?: string;
}

/**
 * Flags and ceilings of V8 for the process that stays, in MiB: it holds 4 MiB of objects, so that 64 is only met by a
 * fault, and the process then ends and is started again instead of growing on somebody's PC.
 *
 * `--jitless` (Node's command-line options) interprets JavaScript: no memory is ever both writable and executable, and
 * 3 MB of the compiler are never read into memory. The agent runs most of its code once, so it loses no time.
 */
export const RESIDENT_NODE_FLAGS = ['--jitless', '--max-old-space-size=64', '--max-semi-space-size=1'] as const;

/**
 * Flags and ceiling of V8 for a process that reports and ends, in MiB: an inventory needs 30, a full outbox of the
 * largest reports 90.
 */
export const REPORT_NODE_FLAGS = ['--jitless', '--max-old-space-size=192'] as const;

/** The flags for this script: Node strips types by WebAssembly, which it does not have without a compiler. */
export function flagsFor(scriptPath: string, flags: readonly string[]): readonly string[] {
  return scriptPath.endsWith('.ts') ? flags.filter((flag) => flag !== '--jitless') : flags;
}

/** Seconds between two starts in scheduled mode. */
export const SCHEDULED_INTERVAL_SECONDS = 900;

/** Everything after the runtime on the command line of the service. */
export function serviceArguments({ scriptPath, statePath }: ServiceProgram, mode: ServiceMode): readonly string[] {
  const state = statePath === undefined ? [] : ['--state', statePath];
  if (mode === 'resident') return [...flagsFor(scriptPath, RESIDENT_NODE_FLAGS), scriptPath, 'run', ...state];
  return [...flagsFor(scriptPath, REPORT_NODE_FLAGS), scriptPath, 'report', '--scheduled', ...state];
}

/** Shift of a machine within the interval of scheduled mode, in whole seconds. @param chance from 0 to 1, below 1 */
export function splaySeconds(chance: number): number {
  return Math.floor(chance * SCHEDULED_INTERVAL_SECONDS);
}
