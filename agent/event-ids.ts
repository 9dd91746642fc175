import type { LogLevel } from './log.ts';

/**
 * Number of a sentence in the Windows event log, so that whoever watches many PCs can filter by it; eventcreate.exe takes 1
 * to 1000. A number is never given to another sentence. Of the level `info` only the life cycle is in here.
 */
const EVENT_IDS: Readonly<Record<string, number>> = {
  'Agent started': 100,
  'Agent stopped': 101,
  'Machine has joined': 102,
  'Machine has left, the agent waits for a join string': 103,
  'The agent waits for a join string': 104,
  'Reports are taken again': 105,
  'Update is on trial': 106,
  'Joining failed, it is tried again': 200,
  'Plan was not renewed': 201,
  'Report process was ended before it was done': 202,
  'Reports wait, sending failed': 203,
  'Report failed': 204,
  'Update failed, the agent goes back': 205,
  'Updates could not be looked at, the program of the package runs': 206,
  'Agent was not updated': 208,
  'State file was damaged and begins anew': 209,
  'Lines were left out of this log, the file agent.log has them': 207,
  'First report failed': 300,
  'Joining was refused, somebody must give a new join string': 301,
  'Scheduled job failed': 302,
  'Update failed and could not be given up': 303,
  'The key file is damaged, somebody must join the machine again': 304,
};

/** Sentences without a number of their own, by level. */
const OTHER_IDS = { warn: 299, error: 399 } as const;

/** Number of a line in the event log; undefined for what does not belong there. */
export function eventIdOf(level: LogLevel, msg: string): number | undefined {
  if (level === 'debug') return undefined;
  return EVENT_IDS[msg] ?? (level === 'info' ? undefined : OTHER_IDS[level]);
}
