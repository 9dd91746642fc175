import { TramdoError } from '#shared/errors.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { signDetached } from '#shared/signature.ts';
import { createRealHost } from '../host/real-host.ts';
import { log } from '../log.ts';
import type { Identity } from '../uplink/identity.ts';
import { readPlan } from '../uplink/plan-file.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import type { Transport } from '../uplink/transport.ts';
import { dueSample } from './choose-sample.ts';
import { downloadSample } from './download-sample.ts';
import { readSampleFile, writeSampleFile } from './sample-file.ts';

const TURN_PATH = '/agent/v1/line-sample-turn';

/** What a machine signs to ask for the turn. */
const QUESTION = Buffer.from(`POST ${TURN_PATH}`);

/** The way to the collector, and the key of this machine. */
export interface SampleReach {
  readonly transport: Transport;
  readonly key: CryptoKey;
}

/**
 * Measures the line when it is night, the plan wants it and the collector gives this machine the turn. That a sample
 * began is written down before it does: whatever ends it, there is no second one that day. It never fails the delivery
 * it comes after.
 */
export async function sampleLine(folder: StateFolder, identity: Identity, reach: SampleReach): Promise<void> {
  const host = createRealHost();
  const nowMs = host.nowMs();
  const plan = readPlan(folder.planFile);
  const file = readSampleFile(folder);
  const due = plan === undefined ? undefined : dueSample(plan, file, nowMs);
  if (due === undefined) return;
  try {
    const isTurn = await askForTurn(identity, reach);
    const begun = { ...file, askedAtMs: nowMs, ...(isTurn ? { madeAtMs: nowMs } : {}) };
    writeSampleFile(folder, begun);
    if (!isTurn) return;
    const { caFile } = identity;
    const measured = await downloadSample(due, { caFile, monotonicMs: () => host.monotonicMs() });
    const { network } = due.terms;
    log(
      'info',
      { network, ...measured },
      measured === undefined ? 'Sample of the line brought nothing' : 'Line sampled',
    );
    if (measured === undefined) return;
    const sample = { network, at: new Date(nowMs).toISOString(), ...measured };
    writeSampleFile(folder, { ...begun, waiting: [sample] });
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    log('debug', { code: error.code, err: error.message }, 'Line was not sampled');
  }
}

async function askForTurn({ machineId }: Identity, { transport, key }: SampleReach): Promise<boolean> {
  const headers = { [SIGNATURE_HEADER]: await signDetached(QUESTION, key, machineId) };
  const { status } = await transport.send({ method: 'POST', path: TURN_PATH, headers });
  return status === 200;
}
