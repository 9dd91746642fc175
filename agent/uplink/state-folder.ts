import { join } from 'node:path';

/** Where the agent keeps what must outlive it; one file or folder per subject. */
export interface StateFolder {
  readonly path: string;
  readonly identityFile: string;
  readonly planFile: string;
  readonly stateFile: string;
  readonly observationsFile: string;
  readonly strikesFile: string;
  /** Which probes were started and ended since the last run; see strikes.ts. */
  readonly journalFile: string;
  readonly attemptsFile: string;
  readonly residentFile: string;
  readonly lockFile: string;
  readonly outboxFolder: string;
  /** Reports the collector refused for good, kept for whoever looks into it. */
  readonly refusedFolder: string;
  readonly compileCacheFolder: string;
  /** A join string that waits for the collector; see pending-join.ts. */
  readonly pendingJoinFile: string;
  /** A request to join that was written to be carried; see carried/carried-join.ts. */
  readonly carriedJoinFile: string;
  /** When the line was measured, and what waits to be reported; see line-sample/sample-file.ts. */
  readonly lineSampleFile: string;
  /** How the service was installed; see service/service-record.ts. */
  readonly serviceFile: string;
  /** What the agent logs where standard error goes nowhere; see host/log-file.ts. */
  readonly logFile: string;
  /** How many lines went to the event log of Windows lately; see host/event-log.ts. */
  readonly eventCountFile: string;
}

/** Names the files of a state folder; touches nothing. */
export function stateFolderAt(path: string): StateFolder {
  return {
    path,
    identityFile: join(path, 'identity.json'),
    planFile: join(path, 'plan.json'),
    stateFile: join(path, 'state.json'),
    observationsFile: join(path, 'observations.json'),
    strikesFile: join(path, 'strikes.json'),
    journalFile: join(path, 'probe-journal.txt'),
    attemptsFile: join(path, 'attempts.jsonl'),
    residentFile: join(path, 'resident.json'),
    lockFile: join(path, 'lock.json'),
    outboxFolder: join(path, 'outbox'),
    refusedFolder: join(path, 'refused'),
    compileCacheFolder: join(path, 'compile-cache'),
    pendingJoinFile: join(path, 'pending-join.json'),
    carriedJoinFile: join(path, 'carried-join.json'),
    lineSampleFile: join(path, 'line-sample.json'),
    serviceFile: join(path, 'service.json'),
    logFile: join(path, 'agent.log'),
    eventCountFile: join(path, 'event-count.json'),
  };
}
