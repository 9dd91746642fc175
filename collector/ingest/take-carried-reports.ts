import { messageOf, TramdoError } from '#shared/errors.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import { type IntakeParts, verifyReport } from './accept-report.ts';
import { type Applied, type ArrivedReport, applyBatch } from './apply-batch.ts';

/** Parts of the intake that reports carried by hand go through, the same ones as for those that come by line. */
export type CarriedIntakeParts = Pick<IntakeParts, 'store' | 'directory' | 'terms' | 'counts'>;

/** A report as its machine signed it. */
export interface SignedReport {
  readonly seq: number;
  readonly body: string;
  readonly signature: string;
}

/** What became of one report; `postponed`: not tried, as an earlier one was not taken. The next file brings it again. */
export interface CarriedOutcome {
  readonly seq: number;
  readonly result: 'accepted' | 'duplicate' | 'refused' | 'postponed';
  /** Code of the error catalogue, of a refused one. */
  readonly code?: string;
  /** Why, in one sentence, of a refused one. */
  readonly why?: string;
}

/** What became of the reports of one file. */
export interface CarriedTaking {
  readonly outcomes: readonly CarriedOutcome[];
  /** Probes whose body the collector lacks, as of the newest report that was taken, sorted. */
  readonly resend: readonly string[];
}

/** Most reports in one transaction. */
const MAX_BATCH_COUNT = 256;

/** Refusals of a report that was signed by its machine and will never be taken: those behind it need not wait for it. */
const FINAL_CODES = new Set(['BODY_TOO_LARGE', 'REPORT_INVALID']);

/** Tells whether a report that was refused with a code will never be taken. */
export function isFinalRefusal(code: string): boolean {
  return FINAL_CODES.has(code);
}

/**
 * Takes the reports of one machine in the order of their numbers, each exactly once. What cannot be taken now, or was
 * not signed by the machine, stops the rest: a later number would make it look like one that was taken before.
 *
 * Reports of one day share a transaction, since a standing knows the newest day alone.
 *
 * @param arrivedAtMs epoch milliseconds by the collector's clock
 */
export async function takeCarriedReports(
  parts: CarriedIntakeParts,
  reports: readonly SignedReport[],
  arrivedAtMs: number,
): Promise<CarriedTaking> {
  const waiting = reports.toSorted((a, b) => a.seq - b.seq);
  const outcomes: CarriedOutcome[] = [];
  let resend: readonly string[] = [];
  let batch: ArrivedReport[] = [];
  const commit = async (): Promise<boolean> => {
    const applied = batch.length === 0 ? [] : await commitBatch(parts, batch);
    outcomes.push(...batch.map(({ checked }, index) => outcomeOf(checked.report.seq, applied[index])));
    for (const one of applied) if ('resend' in one) resend = one.resend;
    batch = [];
    return applied.every((one) => 'resend' in one);
  };
  for (const [index, report] of waiting.entries()) {
    const verified = await verify(parts, report, arrivedAtMs);
    const isArrived = 'checked' in verified;
    const isFull = batch.length >= MAX_BATCH_COUNT || (isArrived && !isOfOneDay(batch.at(-1), verified));
    if ((isFull || !isArrived) && !(await commit()))
      return { outcomes: [...outcomes, ...postponed(waiting, index)], resend };
    if (isArrived) {
      batch.push(verified);
      continue;
    }
    outcomes.push(verified);
    if (isFinalRefusal(verified.code ?? '')) continue;
    return { outcomes: [...outcomes, ...postponed(waiting, index + 1)], resend };
  }
  await commit();
  return { outcomes, resend };
}

async function verify(
  parts: CarriedIntakeParts,
  { seq, body, signature }: SignedReport,
  arrivedAtMs: number,
): Promise<ArrivedReport | CarriedOutcome> {
  try {
    const arrived = await verifyReport(parts, {
      ...{ body: Buffer.from(body), signature, arrivedAtMs },
      isCarried: true,
    });
    const { report } = arrived.checked;
    if (report.seq !== seq) {
      throw new TramdoError('REPORT_INVALID', `Cannot accept report ${report.seq} as the file calls it ${seq}`);
    }
    return arrived;
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    return refused(seq, error);
  }
}

/** All of a batch or nothing; the store away or full leaves it for the next file. */
async function commitBatch(
  { store, terms, counts }: CarriedIntakeParts,
  batch: readonly ArrivedReport[],
): Promise<readonly (Applied | TramdoError)[]> {
  try {
    const applied = await applyBatch(store, terms, batch);
    for (const { result } of applied) if (result === 'accepted' || result === 'duplicate') counts.add(result);
    return applied;
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    return batch.map(() => error);
  }
}

const REFUSALS = { conflict: 'MACHINE_CONFLICT', retired: 'MACHINE_RETIRED', unknown: 'MACHINE_UNKNOWN' } as const;

function outcomeOf(seq: number, applied: Applied | TramdoError | undefined): CarriedOutcome {
  if (applied === undefined) return { seq, result: 'postponed' };
  if (applied instanceof TramdoError) return refused(seq, applied);
  if ('resend' in applied) return { seq, result: applied.result };
  const code = REFUSALS[applied.result];
  return { seq, result: 'refused', code, why: 'Cannot accept anything of this machine' };
}

function refused(seq: number, error: TramdoError): CarriedOutcome {
  return { seq, result: 'refused', code: error.code, why: messageOf(error) };
}

function postponed(reports: readonly SignedReport[], from: number): readonly CarriedOutcome[] {
  return reports.slice(from).map(({ seq }) => ({ seq, result: 'postponed' }));
}

function isOfOneDay(before: ArrivedReport | undefined, { madeAtMs = 0 }: ArrivedReport): boolean {
  return before === undefined || dayNumber(before.madeAtMs ?? 0) === dayNumber(madeAtMs);
}
