import { contentHash } from '#shared/content-hash.ts';
import { TramdoError } from '#shared/errors.ts';
import { isProbeId, OBSERVATIONS } from '#shared/observations/index.ts';
import { type Report, type ReportedObservation, report } from '#shared/report.ts';
import type { StoredObservation } from '../baselines/evaluate.ts';

/** Probes one report may speak of; a newer agent may have more than this version knows, but not without end. */
const MAX_PROBES = 64;

/** What a report says of one probe, checked. */
export interface CheckedObservation {
  readonly hash: string;
  /** By the machine's clock, epoch milliseconds. */
  readonly observedAtMs: number;
  /** Absent when the report carries only the hash. */
  readonly outcome?: Pick<StoredObservation, 'value' | 'failure'>;
}

/** A report that can be trusted to be what its schema says. */
export interface CheckedReport {
  readonly report: Report;
  /** By probe id. */
  readonly observations: ReadonlyMap<string, CheckedObservation>;
}

/**
 * Reads the body of a report.
 *
 * The value of a probe that this version knows and that does not fit its schema is kept as a failure
 * OBSERVATION_INVALID, so that one bad probe neither hides the others nor blocks the machine's queue.
 *
 * @throws {TramdoError} REPORT_INVALID
 */
export function checkReport(body: Uint8Array): CheckedReport {
  const parsed = report.safeParse(parseJson(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`"${issue?.path.map(String).join('.') ?? ''}" does not fit: ${issue?.message ?? 'no reason given'}`);
  }
  const entries = Object.entries(parsed.data.observations);
  if (entries.length > MAX_PROBES)
    throw invalid(`it speaks of ${entries.length} probes, at most ${MAX_PROBES} allowed`);
  return {
    report: parsed.data,
    observations: new Map(entries.map(([probeId, entry]) => [probeId, checkObservation(probeId, entry)])),
  };
}

function checkObservation(probeId: string, entry: ReportedObservation): CheckedObservation {
  const { hash, value, failure } = entry;
  const observedAtMs = Date.parse(entry.observedAt);
  if (value === undefined && failure === undefined) return { hash, observedAtMs };
  const expected = hashOf(probeId, failure === undefined ? value : { failure });
  if (hash !== expected) {
    throw invalid(`the hash of "${probeId}" does not fit its content: current value is "${hash}"`);
  }
  if (failure !== undefined) return { hash, observedAtMs, outcome: { failure } };
  return { hash, observedAtMs, outcome: understood(probeId, value) };
}

function understood(probeId: string, value: unknown): Pick<StoredObservation, 'value' | 'failure'> {
  if (!isProbeId(probeId)) return { value };
  const parsed = OBSERVATIONS[probeId].safeParse(value);
  if (parsed.success) return { value };
  const [issue] = parsed.error.issues;
  const message = `Cannot understand "${issue?.path.map(String).join('.') ?? ''}": ${issue?.message ?? ''}`;
  return { failure: { code: 'OBSERVATION_INVALID', message: message.slice(0, 500) } };
}

function hashOf(probeId: string, content: unknown): string {
  try {
    return contentHash(content);
  } catch (error) {
    // Lists within lists without end can be parsed, but not printed again.
    throw invalid(`the content of "${probeId}" is nested too deeply`, error);
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch (error) {
    throw invalid('it is not JSON', error);
  }
}

function invalid(why: string, cause?: unknown): TramdoError {
  return new TramdoError('REPORT_INVALID', `Cannot accept the report as ${why.slice(0, 300)}`, { cause });
}
