import { wallClockMs } from './host/clock.ts';
import { readOwnFile } from './host/durable-file.ts';
import { fileStamp, touchFile } from './host/file-stamp.ts';
import { log } from './log.ts';
import { type ResidentFacts, readResidentFacts } from './resident-facts.ts';
import { isWaiting } from './uplink/back-off.ts';
import type { StateFolder } from './uplink/state-folder.ts';

/** What runs while the machine belongs to a collector. */
export interface ResidentJobs {
  /** A round of attempts and a report at once. */
  reportNow(): void;
  stop(): void;
}

/** What a residency starts and stops. */
export interface ResidencyOptions {
  readonly folder: StateFolder;
  readonly startJobs: (facts: ResidentFacts) => ResidentJobs;
  /** Starts the short-lived process that tries a join string that waits. */
  readonly tryToJoin: () => Promise<void>;
}

/** Between two looks at whether the machine has joined or left, in milliseconds; a look is three calls of the system. */
const LOOK_MS = 10_000;

/**
 * Follows the key file: jobs run while there is one, and stop when the machine leaves; another one (the machine left
 * and joined again) starts them anew. Without a key a join string that waits is tried when its time has come.
 */
export function startResidency(options: ResidencyOptions): { stop(): void } {
  const { folder, startJobs } = options;
  let jobs: ResidentJobs | undefined;
  let machineId: string | undefined;
  let stamp: string | undefined;
  const follow = () => {
    const now = fileStamp(folder.identityFile);
    if (now !== undefined && now === stamp) return;
    stamp = now;
    const facts = readResidentFacts(folder);
    if (facts !== undefined && facts.machineId === machineId) return;
    jobs?.stop();
    if (facts === undefined && now !== undefined) {
      log('error', {}, 'The key file is damaged, somebody must join the machine again');
    } else if (facts === undefined && jobs !== undefined) {
      log('info', { machineId }, 'Machine has left, the agent waits for a join string');
    }
    machineId = facts?.machineId;
    jobs = facts === undefined ? undefined : startJobs(facts);
    if (facts?.wasAcknowledged === false || hasPendingJoin(folder)) jobs?.reportNow();
  };
  const joiner = createJoiner(options, follow);
  const look = () => {
    touchFile(folder.residentFile, wallClockMs());
    follow();
    if (jobs === undefined) joiner.look();
  };
  look();
  if (stamp === undefined && !hasPendingJoin(folder)) log('info', {}, 'The agent waits for a join string');
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      jobs?.stop();
    },
  };
}

/** Looks to wait after a try that could not even note its failure (a full disk): 15 minutes. */
const LOOKS_AFTER_SILENCE = 90;

/** Tries a join string that waits, one try at a time, when its time has come. */
function createJoiner({ folder, tryToJoin }: ResidencyOptions, follow: () => void): { look(): void } {
  let isTrying = false;
  let looksToWait = 0;
  const tryOnce = async () => {
    const before = fileStamp(folder.pendingJoinFile);
    await tryToJoin();
    follow();
    if (fileStamp(folder.pendingJoinFile) === before) looksToWait = LOOKS_AFTER_SILENCE;
  };
  return {
    look: () => {
      looksToWait = Math.max(looksToWait - 1, 0);
      if (isTrying || looksToWait > 0 || !isDue(folder)) return;
      isTrying = true;
      tryOnce()
        .catch((error: unknown) => log('error', { err: String(error) }, 'Scheduled job failed'))
        .finally(() => {
          isTrying = false;
        });
    },
  };
}

function isDue(folder: StateFolder): boolean {
  const text = readOwnFile(folder.pendingJoinFile);
  if (text === undefined) return false;
  // Written by the report process, which had parsed it with its schema: no schema library is loaded here.
  const [, notBefore] = /"notBefore":"([^"]+)"/.exec(text) ?? [];
  return !isWaiting(notBefore, wallClockMs());
}

function hasPendingJoin(folder: StateFolder): boolean {
  return fileStamp(folder.pendingJoinFile) !== undefined;
}
