import type { Platform } from '#shared/enrolment.ts';

/** One command a probe may run. */
export interface Command {
  readonly platform: Platform;
  /** Program and arguments, fixed: nothing from outside ever becomes an argument, but for `takes`. */
  readonly argv: readonly [program: string, ...rest: string[]];
  /**
   * What follows the fixed arguments. `host`: one IP address or DNS name of the plan, checked by `isHostArgument()`;
   * no probe runs such a one. `inventory`: the agent's own PowerShell script of agent/host/powershell/, a constant.
   * `pid`: the number of a process the agent itself started; only run-command.ts runs such a one.
   */
  readonly takes?: 'host' | 'inventory' | 'pid';
  /**
   * What it printed before its deadline is kept, and the result says that it was cut short; without it a missed
   * deadline is COMMAND_TIMED_OUT and nothing more.
   */
  readonly keepsPartialOutput?: true;
  /** Why it is run, for PROBES.md and for whoever audits the agent. */
  readonly why: string;
  /** Needs root or SYSTEM to tell the whole truth. */
  readonly needsPrivilege: boolean;
  /** Deadline, in milliseconds; then it is killed with its children. */
  readonly deadlineMs: number;
}
