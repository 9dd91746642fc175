import { randomInt } from 'node:crypto';
import { TramdoError } from '#shared/errors.ts';
import { createRealHost } from './host/real-host.ts';
import { sampleLine } from './line-sample/sample-line.ts';
import { log } from './log.ts';
import { lookForUpdate } from './update/look-for-update.ts';
import { type AgentState, writeState } from './uplink/agent-state.ts';
import type { Identity } from './uplink/identity.ts';
import { openTransport } from './uplink/open-transport.ts';
import { Outbox } from './uplink/outbox.ts';
import { fetchPlan, readPlan, writePlan } from './uplink/plan-file.ts';
import type { StateFolder } from './uplink/state-folder.ts';
import type { Transport } from './uplink/transport.ts';
import { trustedPins } from './uplink/trusted-pins.ts';
import { sendQueue, type Uplink } from './uplink/uplink.ts';

/** What delivering needs beside the folder and the identity. */
export interface Delivery {
  readonly key: CryptoKey;
  readonly state: AgentState;
  /** A person waits for the answer: the agent's own back-off is skipped, a wait the collector asked for is not. */
  readonly isAskedByPerson: boolean;
  /** Looks again and queues one more report: for bodies the collector asked to have sent again. */
  readonly makeReport: () => Promise<AgentState>;
  readonly nowMs: () => number;
  /** It may look for a release of the agent once its report was acknowledged. */
  readonly mayUpdate: boolean;
  /** Proxy of this run alone, in place of the one of the identity: URL or `none`. */
  readonly proxy?: string | undefined;
}

/**
 * Sends what waits, unless the back-off says otherwise; sends bodies again that the collector lacks; fetches a new
 * plan, and a release when one is offered. Neither ever fails the delivery: the old one stays in force.
 */
export async function deliver(folder: StateFolder, identity: Identity, delivery: Delivery): Promise<AgentState> {
  if (isTooEarly(delivery)) return delivery.state;
  const { origin, caFile } = identity;
  const pins = trustedPins(identity, readPlan(folder.planFile));
  const proxy = delivery.proxy ?? identity.proxy;
  const transport = await openTransport(createRealHost(), { origin, pins, caFile, proxy });
  try {
    const uplink = uplinkOf(folder, identity, { delivery, transport });
    const first = await sendQueue(uplink, delivery.state);
    const isAgainDue = first.state.lastFailure === undefined && first.isBodyWanted;
    const { state } = isAgainDue ? await sendQueue(uplink, await delivery.makeReport()) : first;
    if (state.lastFailure !== undefined) return state;
    await refreshPlan(folder, identity, { delivery, transport, state });
    const { key, nowMs, mayUpdate } = delivery;
    // Who asked by hand waits for an answer, and not for a measurement of a minute.
    if (!delivery.isAskedByPerson) await sampleLine(folder, identity, { transport, key });
    if (mayUpdate) await lookForUpdate(folder, identity, { transport, key, nowMs: nowMs() });
    return state;
  } finally {
    transport.close();
  }
}

/** A wait is obeyed, unless the clock was set back so far that it would last for more than a day and a half. */
function isTooEarly({ state, isAskedByPerson, nowMs }: Delivery): boolean {
  const { notBefore, isWaitOrdered } = state;
  if (notBefore === undefined || (isAskedByPerson && !isWaitOrdered)) return false;
  const waitMs = Date.parse(notBefore) - nowMs();
  return waitMs > 0 && waitMs < 130_000_000;
}

interface Reach {
  readonly delivery: Delivery;
  readonly transport: Transport;
}

function uplinkOf(folder: StateFolder, identity: Identity, { delivery, transport }: Reach): Uplink {
  return {
    transport,
    outbox: new Outbox(folder.outboxFolder),
    refusedFolder: folder.refusedFolder,
    machineId: identity.machineId,
    key: delivery.key,
    nowMs: delivery.nowMs,
    chance: () => randomInt(1_000) / 1_000,
    keep: (state) => writeState(folder.stateFile, state),
  };
}

async function refreshPlan(
  folder: StateFolder,
  identity: Identity,
  { delivery, transport, state }: Reach & { readonly state: AgentState },
): Promise<void> {
  if (state.planVersion === undefined || readPlan(folder.planFile)?.version === state.planVersion) return;
  try {
    writePlan(folder.planFile, await fetchPlan(transport, identity, delivery.key));
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    log('warn', { code: error.code, err: error.message }, 'Plan was not renewed');
  }
}
