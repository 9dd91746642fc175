import { TramdoError } from '#shared/errors.ts';
import { parseJoinString } from '#shared/join-string.ts';
import type { Plan } from '#shared/plan.ts';
import { enrol, originOf } from './enrol.ts';
import { removePath } from './host/durable-file.ts';
import { createRealHost } from './host/real-host.ts';
import { type JoinFailure, type PendingJoin, removePendingJoin } from './pending-join.ts';
import { type Identity, readIdentity, savedFingerprint, writeIdentity } from './uplink/identity.ts';
import { openTransport } from './uplink/open-transport.ts';
import { writePlan } from './uplink/plan-file.ts';
import type { StateFolder } from './uplink/state-folder.ts';

/** A join string and the way to its collector. */
export type JoinRequest = Pick<PendingJoin, 'joinString' | 'proxy' | 'caFile'>;

/** How joining ended. */
export type JoinOutcome = { readonly identity: Identity } | { readonly refusal: JoinFailure };

/**
 * Makes this machine known to a collector and keeps the key, the trust and the plan; a join string that waits is
 * forgotten then. An identity that is there is replaced: whoever calls has asked for that.
 *
 * The identity is the last thing that is written and the old one the first that is removed: killed at any point, the
 * agent has either an identity with what belongs to it or none, and a join string that waits is tried again.
 *
 * @throws {TramdoError} JOIN_STRING_INVALID, COLLECTOR_UNREACHABLE, PIN_MISMATCH and what else a transport throws
 */
export async function joinCollector(
  folder: StateFolder,
  { joinString, proxy, caFile }: JoinRequest,
): Promise<JoinOutcome> {
  const target = parseJoinString(joinString);
  const origin = originOf(target);
  const pins = target.pin === undefined ? [] : [target.pin];
  const host = createRealHost();
  const remembered = { ...(caFile === undefined ? {} : { caFile }), ...(proxy === undefined ? {} : { proxy }) };
  const transport = await openTransport(host, { origin, pins, caFile, proxy });
  try {
    const trust = { origin, pins, ...remembered };
    const answer = await enrol(transport, { host, target, trust, joinedWith: savedFingerprint(folder.identityFile) });
    if ('refusal' in answer) return answer;
    keepIdentity(folder, answer);
    return { identity: answer.identity };
  } finally {
    transport.close();
  }
}

/** Keeps a new identity with its plan in place of whatever was there; the order is the one of {@link joinCollector}. */
export function keepIdentity(
  folder: StateFolder,
  { identity, plan }: { readonly identity: Identity; readonly plan: Plan },
): void {
  // What waits was signed by no one yet and belongs to the machine that was: it must not travel as the new one's.
  const { identityFile, stateFile, outboxFolder, observationsFile, attemptsFile } = folder;
  for (const path of [identityFile, stateFile, outboxFolder, observationsFile, attemptsFile]) removePath(path);
  writePlan(folder.planFile, plan);
  writeIdentity(folder.identityFile, identity);
  removePendingJoin(folder.pendingJoinFile);
}

/** The identity that is there; a damaged key file does not stand in the way of joining again: that mends it. */
export function knownIdentity(path: string): Identity | undefined {
  try {
    return readIdentity(path);
  } catch (error) {
    if (error instanceof TramdoError && error.code === 'IDENTITY_INVALID') return undefined;
    throw error;
  }
}
