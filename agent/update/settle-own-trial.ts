import { attempt } from '../host/attempts/attempt.ts';
import { log } from '../log.ts';
import type { AgentState } from '../uplink/agent-state.ts';
import { AGENT_VERSION } from '../version.ts';
import { keepUpdateRecord } from './keep-update-record.ts';
import { settleTrial, trialReport } from './settle-trial.ts';
import { readUpdateRecord } from './update-folder.ts';

/** Longest wait for the collector's port, in milliseconds. */
const TIMEOUT_MS = 5_000;

/** Keeps what the newest report says of the release it came from, if that is on trial. */
export async function settleOwnTrial(
  statePath: string,
  { origin, state, nowMs }: { readonly origin: string; readonly state: AgentState; readonly nowMs: number },
): Promise<void> {
  const record = readUpdateRecord(statePath);
  if (record.trial?.version !== AGENT_VERSION) return;
  const isAcknowledged = trialReport(state, true) === 'acknowledged';
  const ended = isAcknowledged ? 'acknowledged' : trialReport(state, await isLineOpen(origin));
  const settled = settleTrial(record, { version: AGENT_VERSION, ended, nowMs });
  if (settled === record) return;
  keepUpdateRecord(statePath, settled);
  if (ended === 'acknowledged') log('info', { version: AGENT_VERSION }, 'Update proved itself');
}

async function isLineOpen(origin: string): Promise<boolean> {
  const url = new URL(origin);
  const port = url.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url.port;
  const options = { timeoutMs: TIMEOUT_MS, signal: new AbortController().signal };
  return 'rttMs' in (await attempt(`tcp://${url.hostname}:${port}`, options));
}
