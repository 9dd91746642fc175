import { TramdoError } from '#shared/errors.ts';
import { type PendingJoin, readPendingJoin } from '../pending-join.ts';
import { failureWords } from '../texts/failure-words.ts';
import { formatInstant } from '../texts/format.ts';
import { type Identity, readIdentity } from '../uplink/identity.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { bad, type Finding, good } from './check.ts';
import type { Speech } from './judge-machine.ts';

/** Whether this machine belongs to a collector. */
export type JoinedFacts =
  | { readonly kind: 'joined'; readonly identity: Identity }
  | { readonly kind: 'waits'; readonly pending: PendingJoin }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'denied' };

/** Looks whether the machine has joined; a damaged key file is named before a join string that waits. */
export function readJoined(folder: StateFolder): JoinedFacts {
  try {
    const identity = readIdentity(folder.identityFile);
    if (identity !== undefined) return { kind: 'joined', identity };
    const pending = readPendingJoin(folder.pendingJoinFile);
    return pending === undefined ? { kind: 'absent' } : { kind: 'waits', pending };
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    return { kind: error.code === 'IDENTITY_INVALID' ? 'damaged' : 'denied' };
  }
}

/** Says to whom this machine belongs, or why to nobody. */
export function judgeJoined(facts: JoinedFacts, file: string, { texts, language, timeZone }: Speech): Finding {
  const words = texts.joined;
  if (facts.kind === 'absent') return bad(...words.absent);
  if (facts.kind === 'damaged') return bad(...words.damaged(file));
  if (facts.kind === 'denied') return bad(...words.denied(file));
  if (facts.kind === 'waits') {
    const { lastFailure } = facts.pending;
    const why =
      lastFailure === undefined ? '…' : `${failureWords(lastFailure.code, language)} (${lastFailure.message})`;
    return bad(...words.waits(why));
  }
  const { agencyCode, machineId, origin, joinedAt } = facts.identity;
  return good(words.good(agencyCode, machineId, origin, formatInstant(Date.parse(joinedAt), language, timeZone)));
}
