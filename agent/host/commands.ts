import type { Platform } from '#shared/enrolment.ts';

/** One command a probe may run. */
export interface Command {
  readonly platform: Platform;
  /** Program and arguments, fixed: nothing from outside ever becomes an argument. */
  readonly argv: readonly [program: string, ...rest: string[]];
  /** Why it is run, for PROBES.md and for whoever audits the agent. */
  readonly why: string;
  /** Needs root or SYSTEM to tell the whole truth. */
  readonly needsPrivilege: boolean;
  /** Deadline, in milliseconds; then it is killed with its children. */
  readonly deadlineMs: number;
}

/** Every command the agent may run, by id, sorted: a closed list that an auditor can read in one place. */
export const COMMANDS = {
  'apt-simulate-upgrade': {
    platform: 'linux',
    argv: ['apt-get', '--simulate', '-o', 'Debug::NoLocking=true', 'dist-upgrade'],
    why: 'Counts the updates that wait, without a lock and without changing anything',
    needsPrivilege: false,
    deadlineMs: 60_000,
  },
} as const satisfies Record<string, Command>;

/** Id of a command of the closed list. */
export type CommandId = keyof typeof COMMANDS;
