import { type ErrorCode, TramdoError } from '#shared/errors.ts';
import type { ReportAnswer } from '#shared/report.ts';
import { readSigner, verifyDetached } from '#shared/signature.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';
import { type Applied, type ArrivedReport, applyBatch, type BatchTerms } from './apply-batch.ts';
import { checkReceipts } from './check-receipts.ts';
import { checkReport } from './check-report.ts';
import { findByFormerKey } from './former-key.ts';
import { GroupCommitter } from './group-commit.ts';
import type { MachineDirectory } from './machine-directory.ts';
import { ADMITTED_RATIOS, type ReportClass, reportClassOf } from './report-class.ts';
import type { ReportCounts } from './report-counts.ts';

/** A report as it came in. */
export interface RawReport {
  /** The bytes that were signed, after decompression. */
  readonly body: Uint8Array;
  /** Value of the header Tramdo-Signature. */
  readonly signature: string;
  /** Epoch milliseconds by the collector's clock. */
  readonly arrivedAtMs: number;
  /** How long a relay kept it, milliseconds. */
  readonly waitedMs?: number;
  /** It came in a file, so that nobody knows how long it was on its way. */
  readonly isCarried?: boolean;
}

/** Takes reports in. */
export interface ReportIntake {
  /**
   * Accepts a report; when it answers, the report is committed and synced to disk.
   *
   * @throws {TramdoError} SIGNATURE_INVALID, MACHINE_CONFLICT, MACHINE_UNKNOWN, MACHINE_RETIRED, REPORT_INVALID,
   * COLLECTOR_BUSY, DISK_FULL, STORE_UNAVAILABLE
   */
  accept(raw: RawReport): Promise<ReportAnswer>;
  /** What the reports are that wait for the disk now, in the order in which they came. */
  waiting(): readonly ReportClass[];
  /** Waits until everything that was taken in is durable. */
  drain(): Promise<void>;
}

/** What the intake works with. */
export interface IntakeParts {
  readonly store: Store;
  readonly directory: MachineDirectory;
  readonly terms: BatchTerms;
  /** Told of every report that was taken. */
  readonly counts: ReportCounts;
  /** Version of the plan in force. */
  readonly planVersion: () => string;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Most reports in one transaction, and most that wait for one. */
const BATCH_LIMITS = { maxBatchCount: 256, maxWaitingCount: 4_096 } as const;

/** Makes the intake. */
export function createReportIntake(parts: IntakeParts): ReportIntake {
  const committer = new GroupCommitter<ArrivedReport, Applied>({
    ...BATCH_LIMITS,
    commit: (reports) => applyBatch(parts.store, parts.terms, reports),
    admittedRatio: ({ checked }) => ADMITTED_RATIOS[reportClassOf(checked)],
  });
  return {
    async accept(raw) {
      let arrived = await verifyReport(parts, raw);
      let applied = await committer.submit(arrived);
      if ('result' in applied && applied.result === 'unknown') {
        const again = await followMove(parts.directory, arrived);
        if (again !== undefined) {
          arrived = again;
          applied = await committer.submit(arrived);
        }
      }
      return answerTo(parts, arrived, applied);
    },
    waiting: () => committer.waiting().map(({ checked }) => reportClassOf(checked)),
    drain: () => committer.drain(),
  };
}

/**
 * Reads a report and verifies who signed it.
 *
 * @throws {TramdoError} SIGNATURE_INVALID, MACHINE_UNKNOWN, MACHINE_RETIRED, REPORT_INVALID, and what the store throws
 */
export async function verifyReport(
  parts: Pick<IntakeParts, 'store' | 'directory' | 'terms'>,
  raw: RawReport,
): Promise<ArrivedReport> {
  const signer = readSigner(raw.signature);
  const { countsSinceMs, ...machine } = await findSigner(parts, raw, signer);
  const checked = checkReport(raw.body);
  if (checked.report.machineId !== signer) {
    throw new TramdoError('REPORT_INVALID', 'Cannot accept the report as it speaks of another machine than its signer');
  }
  const { arrivedAtMs, waitedMs = 0, isCarried = false } = raw;
  const sentAtMs = Date.parse(checked.report.sentAt);
  const departure = { arrivedAtMs, waitedMs, ...(isCarried ? { madeAtMs: Math.min(sentAtMs, arrivedAtMs) } : {}) };
  const receipts = await checkReceipts(checked.report, parts.terms.networks(), departure);
  return { machine, checked, receipts, ...(countsSinceMs === undefined ? {} : { countsSinceMs }), ...departure };
}

/** The machine that signed: nearly always the one it says; hardware that two share may have made it another. */
async function findSigner(
  parts: Pick<IntakeParts, 'store' | 'directory' | 'terms'>,
  raw: RawReport,
  signer: string,
): Promise<MachineKey & { readonly countsSinceMs?: number }> {
  const { directory, store, terms } = parts;
  const { verificationKey, agencyCode, machineId, countsSinceMs } = await directory.find(signer);
  try {
    await verifyDetached(raw.body, raw.signature, verificationKey);
    return { agencyCode, machineId, countsSinceMs };
  } catch (error) {
    const standsFor = await findByFormerKey({ directory, store, judge: terms.judge }, raw, { agencyCode, machineId });
    if (standsFor === undefined) throw error;
    return standsFor;
  }
}

/** Whether a machine that is not where it was when its report was verified has only changed its agency. */
async function followMove(directory: MachineDirectory, arrived: ArrivedReport): Promise<ArrivedReport | undefined> {
  const { agencyCode: before, machineId } = arrived.machine;
  directory.forget(machineId);
  const { agencyCode, countsSinceMs } = await directory.find(machineId);
  return agencyCode === before ? undefined : { ...arrived, machine: { agencyCode, machineId }, countsSinceMs };
}

const REFUSALS = {
  conflict: 'MACHINE_CONFLICT',
  retired: 'MACHINE_RETIRED',
  unknown: 'MACHINE_UNKNOWN',
} as const satisfies Record<string, ErrorCode>;

function answerTo(parts: IntakeParts, { machine }: ArrivedReport, applied: Applied): ReportAnswer {
  if (!('acceptedSeq' in applied)) {
    parts.directory.forget(machine.machineId);
    const why = applied.result === 'conflict' ? ' as two use its id: join this one again' : '';
    throw new TramdoError(
      REFUSALS[applied.result],
      `Cannot accept anything of the machine "${machine.machineId}"${why}`,
    );
  }
  parts.counts.add(applied.result);
  return {
    acceptedSeq: applied.acceptedSeq,
    resend: [...applied.resend],
    planVersion: parts.planVersion(),
    serverTime: new Date(parts.nowMs()).toISOString(),
  };
}
