import { TramdoError } from '#shared/errors.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { originOf } from '../enrol.ts';
import { type JoinRequest, knownIdentity } from '../join-collector.ts';
import { writePendingJoin } from '../pending-join.ts';
import { tryPendingJoin } from '../try-pending-join.ts';
import { takeLock } from '../uplink/lock.ts';
import type { StateFolder } from '../uplink/state-folder.ts';

/** What an installation was told about joining. */
export interface InstallJoin {
  readonly request: JoinRequest;
  /** Take the place of an identity that is there. */
  readonly isJoinAgain: boolean;
  readonly nowMs: number;
}

/**
 * Joins while the agent is being installed. The join string is kept first, so that whatever happens then (no network
 * yet, a kill, a collector that comes later) the agent goes on by itself.
 *
 * A machine that has joined already keeps its identity, unless somebody asked for another one: installations by policy
 * run again at every upgrade, with the join string of the day they were set up.
 *
 * @returns what was done, a sentence each
 */
export async function joinAtInstall(folder: StateFolder, join: InstallJoin): Promise<readonly string[]> {
  const { request, isJoinAgain, nowMs } = join;
  const origin = originOf(parseJoinString(request.joinString));
  const known = knownIdentity(folder.identityFile);
  if (known !== undefined && !isJoinAgain) {
    const kept = `This machine has joined ${known.origin} as machine ${known.machineId} already and stays there.`;
    if (known.origin === origin) return [kept];
    return [kept, `The join string names ${origin}: give --join-again to move this machine there.`];
  }
  writePendingJoin(folder.pendingJoinFile, {
    ...request,
    isJoinAgain,
    requestedAt: new Date(nowMs).toISOString(),
    attemptCount: 0,
  });
  return tryNow(folder, nowMs);
}

async function tryNow(folder: StateFolder, nowMs: number): Promise<readonly string[]> {
  let release: () => void;
  try {
    release = takeLock(folder.lockFile, nowMs);
  } catch (error) {
    if (!(error instanceof TramdoError) || error.code !== 'STATE_LOCKED') throw error;
    return ['Another run of the agent is at work: it joins by the join string that was kept.'];
  }
  try {
    const result = await tryPendingJoin(folder, nowMs);
    if (result.kind === 'joined') {
      const { agencyCode, origin, machineId } = result.identity;
      return [`Joined agency ${agencyCode} at ${origin} as machine ${machineId}.`];
    }
    if (result.kind !== 'failed') return [];
    const { message = '', isFinal = false } = result.pending.lastFailure ?? {};
    const next = isFinal
      ? 'The service is installed all the same and asks once a day; install again with a new join string.'
      : 'The join string is kept, and the service tries again by itself.';
    return [`Could not join yet: ${message}.`, next];
  } finally {
    release();
  }
}
