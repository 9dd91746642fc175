import { TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { problem } from '#shared/problem.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { reportAnswer } from '#shared/report.ts';
import { signDetached } from '#shared/signature.ts';
import type { AgentState } from './agent-state.ts';
import { backOffMs, retryAfterMs } from './back-off.ts';
import { type CompressedReport, compressPlainly, compressReport } from './compress-report.ts';
import type { Outbox, UnsentReport } from './outbox.ts';
import type { CollectorAnswer, Transport } from './transport.ts';

/** How long a machine that is not wanted waits before it asks again, in milliseconds. */
const UNWANTED_WAIT_MS = 86_400_000;
/** Refusals that only a person ends: by letting the machine join again, or by what is decided on the collector. */
const UNWANTED_CODES = new Set(['MACHINE_CONFLICT', 'MACHINE_RETIRED', 'MACHINE_UNKNOWN']);

/** What sending needs. */
export interface Uplink {
  readonly transport: Transport;
  readonly outbox: Outbox;
  readonly refusedFolder: string;
  readonly machineId: string;
  readonly key: CryptoKey;
  readonly nowMs: () => number;
  /** A number from 0 to 1 for the spread of waits. */
  readonly chance: () => number;
  /** Called whenever the state changed, before anything else is sent. */
  readonly keep: (state: AgentState) => void;
}

/**
 * Sends what waits, oldest first, until the outbox is empty or the collector cannot take more now. Every
 * acknowledgement is kept before its report is taken out of the outbox.
 *
 * @returns the state after the last answer, where `lastFailure` says why it stopped early
 */
export async function sendQueue(uplink: Uplink, before: AgentState): Promise<Sending> {
  let state = before;
  let isBodyWanted = false;
  for (const seq of uplink.outbox.list()) {
    const entry = uplink.outbox.read(seq);
    if (entry === undefined) {
      state = keep(uplink, { ...state, droppedReports: state.droppedReports + 1 });
      continue;
    }
    const next = await sendOne(uplink, state, entry.report);
    state = keep(uplink, next.state);
    isBodyWanted ||= next.isBodyWanted;
    if (next.outcome === 'stop') return { state, isBodyWanted };
    if (next.outcome === 'acknowledged') uplink.outbox.remove(seq);
    else uplink.outbox.setAside(seq, uplink.refusedFolder);
  }
  return { state, isBodyWanted };
}

/** How a sending ended. */
export interface Sending {
  readonly state: AgentState;
  /** The collector lacks bodies; the next report will bring them. */
  readonly isBodyWanted: boolean;
}

interface Sent extends Sending {
  readonly outcome: 'acknowledged' | 'refused' | 'stop';
}

async function sendOne(uplink: Uplink, state: AgentState, report: UnsentReport): Promise<Sent> {
  let answer: CollectorAnswer;
  try {
    answer = await post(uplink, report);
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    return {
      state: failed(uplink, state, { code: error.code, message: error.message }),
      outcome: 'stop',
      isBodyWanted: false,
    };
  }
  if (answer.status === 200) return acknowledged(uplink, state, answer, report);
  return refused(uplink, state, answer, report);
}

async function post(uplink: Uplink, report: UnsentReport): Promise<CollectorAnswer> {
  const document = { ...report, sentAt: new Date(uplink.nowMs()).toISOString() };
  const body = Buffer.from(JSON.stringify(document));
  const signature = await signDetached(body, uplink.key, uplink.machineId);
  const send = ({ coding, bytes }: CompressedReport) =>
    uplink.transport.send({
      method: 'POST',
      path: '/agent/v1/reports',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature, 'content-encoding': coding },
      body: bytes,
    });
  const answer = await send(compressReport(body));
  return answer.status === 415 ? send(compressPlainly(body)) : answer;
}

function acknowledged(uplink: Uplink, state: AgentState, answer: CollectorAnswer, report: UnsentReport): Sent {
  const parsed = reportAnswer.safeParse(parseJson(answer.body.toString('utf8')));
  if (!parsed.success || parsed.data.acceptedSeq !== report.seq) {
    const message = `Cannot take the answer to report ${report.seq} for an acknowledgement`;
    return {
      state: failed(uplink, state, { code: 'COLLECTOR_REFUSED', message }),
      outcome: 'stop',
      isBodyWanted: false,
    };
  }
  const { lastFailure: _, notBefore: __, ...rest } = state;
  const knownHashes = { ...state.knownHashes };
  for (const probeId of parsed.data.resend) delete knownHashes[probeId];
  return {
    outcome: 'acknowledged',
    isBodyWanted: parsed.data.resend.length > 0,
    state: {
      ...rest,
      knownHashes,
      isWaitOrdered: false,
      failuresInARow: 0,
      planVersion: parsed.data.planVersion,
      lastAcknowledged: { seq: report.seq, at: new Date(uplink.nowMs()).toISOString() },
    },
  };
}

function refused(uplink: Uplink, state: AgentState, answer: CollectorAnswer, report: UnsentReport): Sent {
  const said = problem.safeParse(parseJson(answer.body.toString('utf8')));
  const code = said.success ? said.data.code : `HTTP_${answer.status}`;
  const detail = said.success ? (said.data.detail ?? '') : 'without a reason';
  const failure = {
    code,
    message: `The collector answered ${answer.status} ${code} to report ${report.seq}: ${detail}`,
  };
  if (answer.status === 400 || answer.status === 413) {
    // It will never be taken, and the reports behind it must not wait for it; its bodies go into the next one.
    const withFailure = { ...state, lastFailure: stamped(uplink, failure), knownHashes: {} };
    return {
      state: { ...withFailure, refusedReports: state.refusedReports + 1 },
      outcome: 'refused',
      isBodyWanted: true,
    };
  }
  const isUnwanted = UNWANTED_CODES.has(code);
  const orderedMs = retryAfterMs(answer.headers['retry-after']);
  const waitMs = isUnwanted ? UNWANTED_WAIT_MS : orderedMs;
  const isWaitOrdered = !isUnwanted && orderedMs > 0;
  return {
    state: { ...failed(uplink, state, failure, waitMs), isWaitOrdered },
    outcome: 'stop',
    isBodyWanted: false,
  };
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

function failed(uplink: Uplink, state: AgentState, failure: Failure, atLeastMs = 0): AgentState {
  const failuresInARow = state.failuresInARow + 1;
  const waitMs = backOffMs(failuresInARow, atLeastMs, uplink.chance());
  const notBefore = new Date(uplink.nowMs() + waitMs).toISOString();
  return { ...state, failuresInARow, notBefore, isWaitOrdered: false, lastFailure: stamped(uplink, failure) };
}

function stamped(uplink: Uplink, { code, message }: Failure): NonNullable<AgentState['lastFailure']> {
  return { at: new Date(uplink.nowMs()).toISOString(), code, message: message.slice(0, 500) };
}

function keep(uplink: Uplink, state: AgentState): AgentState {
  uplink.keep(state);
  return state;
}
