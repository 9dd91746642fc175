import { randomInt } from 'node:crypto';
import { TramdoError } from '#shared/errors.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { originOf } from './enrol.ts';
import { type JoinOutcome, joinCollector, knownIdentity } from './join-collector.ts';
import { log } from './log.ts';
import {
  afterFailure,
  isNewFailure,
  type JoinFailure,
  type PendingJoin,
  readPendingJoin,
  removePendingJoin,
  writePendingJoin,
} from './pending-join.ts';
import { isWaiting } from './uplink/back-off.ts';
import type { Identity } from './uplink/identity.ts';
import type { StateFolder } from './uplink/state-folder.ts';

/** What became of a join string that waits: there is none (any more), it was not time, it worked, or it failed. */
export type PendingJoinResult =
  | { readonly kind: 'none' | 'early' }
  | { readonly kind: 'joined'; readonly identity: Identity }
  | { readonly kind: 'failed'; readonly pending: PendingJoin };

/**
 * Tries the join string that waits, if one does and its time has come. What fails is kept with the instant of the next
 * try and goes to the log when it is another failure than before.
 */
export async function tryPendingJoin(folder: StateFolder, nowMs: number): Promise<PendingJoinResult> {
  const pending = readPendingJoin(folder.pendingJoinFile);
  if (pending === undefined) return { kind: 'none' };
  if (isFulfilled(pending, knownIdentity(folder.identityFile))) {
    // Killed between the identity and this.
    removePendingJoin(folder.pendingJoinFile);
    return { kind: 'none' };
  }
  if (isWaiting(pending.notBefore, nowMs)) return { kind: 'early' };
  const outcome = await attempt(folder, pending);
  if ('identity' in outcome) {
    const { machineId, agencyCode, origin } = outcome.identity;
    log('info', { machineId, agencyCode, origin }, 'Machine has joined');
    return { kind: 'joined', identity: outcome.identity };
  }
  const chance = randomInt(1_000) / 1_000;
  const after = afterFailure(pending, outcome.refusal, { nowMs, chance });
  writePendingJoin(folder.pendingJoinFile, after);
  tell(pending, after, outcome.refusal);
  return { kind: 'failed', pending: after };
}

async function attempt(folder: StateFolder, pending: PendingJoin): Promise<JoinOutcome> {
  try {
    return await joinCollector(folder, pending);
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    const isFinal = error.code === 'JOIN_STRING_INVALID' || error.code === 'CONFIG_INVALID';
    return { refusal: { code: error.code, message: error.message, isFinal, retryAfterMs: 0 } };
  }
}

function tell(before: PendingJoin, after: PendingJoin, { code, message, isFinal }: JoinFailure): void {
  const values = { code, err: message, nextAt: after.notBefore };
  if (!isNewFailure(before, after)) log('debug', values, 'Joining failed again');
  else if (isFinal) log('error', values, 'Joining was refused, somebody must give a new join string');
  else log('warn', values, 'Joining failed, it is tried again');
}

/** An identity of the same collector, or any when it was not to be replaced, is what the join string was for. */
function isFulfilled(pending: PendingJoin, identity: Identity | undefined): boolean {
  if (identity === undefined) return false;
  if (!pending.isJoinAgain) return true;
  return identity.joinedAt > pending.requestedAt && identity.origin === originOf(parseJoinString(pending.joinString));
}
