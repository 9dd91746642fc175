import { messageOf, TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { problem } from '#shared/problem.ts';
import { SIGNATURE_HEADER, WAITED_HEADER } from '#shared/protocol.ts';
import { type ReportAnswer, reportAnswer } from '#shared/report.ts';
import { RetryLater } from '../ingest/retry-later.ts';
import type { RelayCounts } from './relay-counts.ts';
import type { RelayMemory } from './relay-memory.ts';
import type { ReportSpool, SpooledReport } from './report-spool.ts';
import type { Upstream, UpstreamAnswer } from './upstream.ts';
import type { UpstreamGate } from './upstream-gate.ts';

/** What the desk works with. */
export interface DeskParts {
  readonly spool: ReportSpool;
  readonly memory: RelayMemory;
  readonly upstream: Upstream;
  readonly gate: UpstreamGate;
  readonly counts: RelayCounts;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/** What a machine is answered: what the collector said, or what the relay says in its place. */
export type DeskAnswer =
  | { readonly from: 'collector'; readonly answer: UpstreamAnswer }
  | { readonly from: 'relay'; readonly answer: ReportAnswer }
  | { readonly from: 'memory'; readonly status: number; readonly body: string };

type Forwarded =
  | { readonly outcome: 'taken' | 'refused' | 'unwanted'; readonly answer: UpstreamAnswer }
  | { readonly outcome: 'later' };

/** Refusals that only a person ends; the machine must hear of them. */
const UNWANTED_CODES = ['MACHINE_CONFLICT', 'MACHINE_RETIRED', 'MACHINE_UNKNOWN'];
/** Answers that say that the document itself will never be taken. */
const FINAL_STATUSES = [400, 401, 413, 415];
/** Reports of one machine that wait for each other here. */
const MAX_WAITING_COUNT = 8;
const BUSY_RETRY_SECONDS = 30;
/** Machines whose queues are sent at once. */
const LANES = 8;
/** Reports that wait for the collector's own answer; more are acknowledged here, so that no machine waits in vain. */
const MAX_DIRECT_COUNT = 64;

/**
 * Takes reports, keeps every one on disk before anything else, and forwards them unchanged and in order per machine:
 * the collector takes a number that is lower than the newest for a copy.
 */
export class ReportDesk {
  readonly #parts: DeskParts;
  readonly #lines = new Map<string, { tail: Promise<unknown>; count: number }>();
  #isDraining = false;
  #directCount = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /**
   * Takes a report; when it answers with an acknowledgement, the report is durable, here or at the collector.
   *
   * @throws {TramdoError} COLLECTOR_BUSY, DISK_FULL, DATA_FOLDER_UNUSABLE
   */
  accept(report: SpooledReport): Promise<DeskAnswer> {
    return this.#inLine(report.machineId, () => this.#accept(report));
  }

  /** Sends what waits, as far as the collector takes it; a call while another one is at it does nothing. */
  async drain(): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    try {
      const waiting = this.#parts.spool.machines().filter((id) => this.#parts.memory.of(id).refusal === undefined);
      const lane = async () => {
        for (let id = waiting.shift(); id !== undefined && this.#isOpen(); id = waiting.shift()) {
          const machineId = id;
          await this.#inLine(machineId, () => this.#sendQueue(machineId), Number.POSITIVE_INFINITY);
        }
      };
      const before = this.#parts.counts.forwardedLater;
      await Promise.all(Array.from({ length: LANES }, lane));
      const sentCount = this.#parts.counts.forwardedLater - before;
      if (sentCount > 0)
        this.#parts.log('Reports that waited were sent', { sentCount, waiting: this.#parts.spool.countOf() });
    } finally {
      this.#isDraining = false;
    }
  }

  async #accept(report: SpooledReport): Promise<DeskAnswer> {
    const { spool, memory, counts, nowMs } = this.#parts;
    const { machineId, seq } = report;
    if (memory.of(machineId).refusal !== undefined) {
      // The collector may have changed its mind, and the older reports come first.
      if (this.#isOpen()) await this.#sendQueue(machineId);
      const { refusal } = memory.of(machineId);
      const mayPass = spool.countOf(machineId) === 0 && this.#isOpen();
      if (refusal !== undefined && !mayPass) return { from: 'memory', status: refusal.status, body: refusal.body };
    }
    const name = await spool.add(report, nowMs());
    counts.received += 1;
    if (spool.countOf(machineId) === 1 && this.#isOpen() && this.#directCount < MAX_DIRECT_COUNT) {
      const sent = await this.#forwardDirectly(report);
      if (sent.outcome !== 'later') {
        // Whatever the collector asks for now is all that it lacks: it looks at every probe the report names.
        await this.#remember(machineId, sent, []);
        await spool.remove(machineId, name);
        return { from: 'collector', answer: sent.answer };
      }
    }
    counts.acknowledgedHere += 1;
    const { resend, ...rest } = memory.of(machineId);
    if (resend.length > 0) await memory.keep(machineId, { ...rest, resend: [] });
    const serverTime = new Date(nowMs()).toISOString();
    return { from: 'relay', answer: { acceptedSeq: seq, resend, planVersion: memory.planVersion, serverTime } };
  }

  async #forwardDirectly(report: SpooledReport): Promise<Forwarded> {
    this.#directCount += 1;
    try {
      return await this.#forward(report);
    } finally {
      this.#directCount -= 1;
    }
  }

  async #sendQueue(machineId: string): Promise<void> {
    const { spool, memory, counts } = this.#parts;
    while (this.#isOpen()) {
      const report = await spool.oldest(machineId);
      if (report === undefined) return;
      const sent = await this.#forward(report, report.keptAtMs);
      if (sent.outcome === 'later') return;
      const { resend } = memory.of(machineId);
      await this.#remember(
        machineId,
        sent,
        sent.outcome === 'taken' ? [...resend, ...(takenAnswerOf(sent.answer)?.resend ?? [])] : resend,
      );
      // Of a stranger nothing is remembered: anyone can make up ids, and what waits under them would stay for ever.
      if (sent.outcome === 'unwanted' && memory.isKnown(machineId)) return;
      if (sent.outcome === 'taken') {
        await spool.remove(machineId, report.name);
        counts.forwardedLater += 1;
      } else {
        await spool.setAside(machineId, report.name);
        counts.setAside += 1;
      }
    }
  }

  /** Before the report leaves the disk: a relay that is killed in between only sends it again. */
  async #remember(machineId: string, sent: Exclude<Forwarded, { outcome: 'later' }>, resend: string[]): Promise<void> {
    const { memory } = this.#parts;
    if (sent.outcome === 'taken') {
      await memory.keep(machineId, { resend: [...new Set(resend)].toSorted() });
      const planVersion = takenAnswerOf(sent.answer)?.planVersion;
      if (planVersion !== undefined) await memory.keepPlanVersion(planVersion);
    } else if (sent.outcome === 'unwanted' && memory.isKnown(machineId)) {
      const body = sent.answer.body.toString('utf8').slice(0, 4_096);
      const refusal = { status: sent.answer.status, code: codeOf(sent.answer) ?? '', body };
      await memory.keep(machineId, { ...memory.of(machineId), refusal });
    }
  }

  /** @param keptAtMs when it was kept; of one that did not wait, absent */
  async #forward({ signature, encoding, body }: SpooledReport, keptAtMs?: number): Promise<Forwarded> {
    const { upstream, gate, counts, log, nowMs, monotonicMs } = this.#parts;
    const waitedSeconds = Math.max(Math.round((nowMs() - (keptAtMs ?? nowMs())) / 1_000), 0);
    const headers = {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: signature,
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      ...(waitedSeconds === 0 ? {} : { [WAITED_HEADER]: String(waitedSeconds) }),
    };
    const wasAnswering = gate.answers;
    try {
      const answer = await upstream.send({ method: 'POST', path: '/agent/v1/reports', headers, body });
      const outcome = outcomeOf(answer);
      if (outcome === 'later') {
        const retryInMs = gate.noteFailure(monotonicMs(), answer.headers['retry-after']);
        if (wasAnswering) log('Collector puts reports off', { status: answer.status, code: codeOf(answer), retryInMs });
        return { outcome };
      }
      if (!wasAnswering) log('Collector answers again', { waiting: this.#parts.spool.countOf() });
      gate.noteAnswer();
      if (outcome === 'taken') counts.forwarded += 1;
      else counts.refuse(codeOf(answer) ?? `HTTP_${answer.status}`);
      return { outcome, answer };
    } catch (error) {
      if (!(error instanceof TramdoError)) throw error;
      const retryInMs = gate.noteFailure(monotonicMs(), undefined);
      if (wasAnswering) log('Collector does not answer', { code: error.code, reason: messageOf(error), retryInMs });
      return { outcome: 'later' };
    }
  }

  #isOpen(): boolean {
    return this.#parts.gate.isOpen(this.#parts.monotonicMs());
  }

  /** Runs one thing after another for each machine. */
  async #inLine<Value>(machineId: string, run: () => Promise<Value>, mostWaiting = MAX_WAITING_COUNT): Promise<Value> {
    const line = this.#lines.get(machineId) ?? { tail: Promise.resolve(), count: 0 };
    if (line.count >= mostWaiting) {
      const text = 'Cannot take the report as others of the same machine are under way';
      throw new RetryLater('COLLECTOR_BUSY', text, BUSY_RETRY_SECONDS);
    }
    this.#lines.set(machineId, line);
    line.count += 1;
    const result = line.tail.catch(() => undefined).then(run);
    line.tail = result;
    try {
      return await result;
    } finally {
      line.count -= 1;
      if (line.count === 0) this.#lines.delete(machineId);
    }
  }
}

/** Only what speaks as the collector is believed: a page of something in between must not cost a report. */
function outcomeOf(answer: UpstreamAnswer): Forwarded['outcome'] {
  if (answer.status === 200) return takenAnswerOf(answer) === undefined ? 'later' : 'taken';
  const code = codeOf(answer);
  if (code === undefined) return 'later';
  if (UNWANTED_CODES.includes(code)) return 'unwanted';
  return FINAL_STATUSES.includes(answer.status) ? 'refused' : 'later';
}

function codeOf({ body }: UpstreamAnswer): string | undefined {
  const parsed = problem.safeParse(parseJson(body.toString('utf8')));
  return parsed.success ? parsed.data.code : undefined;
}

function takenAnswerOf({ body }: UpstreamAnswer): ReportAnswer | undefined {
  const parsed = reportAnswer.safeParse(parseJson(body.toString('utf8')));
  return parsed.success ? parsed.data : undefined;
}
