import { constants, setPriority } from 'node:os';

/** What a process of the agent is: the one that stays, or one that looks, reports and ends. */
export type AgentPart = 'resident' | 'report';

/**
 * Nice values (POSIX). On Windows, Node turns 10 into the class "below normal" for both: the next one, "idle", gets
 * nothing at all on a PC whose processors are busy, so that looking would miss its deadlines there.
 */
const NICE = {
  resident: constants.priority.PRIORITY_BELOW_NORMAL,
  report: process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 15,
} as const;

/** Lets people's programs go first: this process and, by inheritance, everything that it starts from now on. */
export function lowerPriority(part: AgentPart): void {
  try {
    setPriority(NICE[part]);
  } catch {
    // It was started at a lower one already and may not raise it, or the system does not let it: no reason to stop.
  }
}
