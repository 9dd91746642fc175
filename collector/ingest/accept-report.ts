import { TramdoError } from '#shared/errors.ts';
import type { ReportAnswer } from '#shared/report.ts';
import { readSigner, verifyDetached } from '#shared/signature.ts';
import type { Store } from '../store/store.ts';
import { type Applied, type ArrivedReport, applyBatch, type BatchTerms } from './apply-batch.ts';
import { checkReport } from './check-report.ts';
import { GroupCommitter } from './group-commit.ts';
import type { MachineDirectory } from './machine-directory.ts';
import type { ReportCounts } from './report-counts.ts';

/** A report as it came in. */
export interface RawReport {
  /** The bytes that were signed, after decompression. */
  readonly body: Uint8Array;
  /** Value of the header Tramdo-Signature. */
  readonly signature: string;
  /** Epoch milliseconds by the collector's clock. */
  readonly arrivedAtMs: number;
}

/** Takes reports in. */
export interface ReportIntake {
  /**
   * Accepts a report; when it answers, the report is committed and synced to disk.
   *
   * @throws {TramdoError} SIGNATURE_INVALID, MACHINE_UNKNOWN, MACHINE_RETIRED, REPORT_INVALID, COLLECTOR_BUSY,
   * DISK_FULL, STORE_UNAVAILABLE
   */
  accept(raw: RawReport): Promise<ReportAnswer>;
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
  });
  return {
    async accept(raw) {
      const arrived = await verifyReport(parts.directory, raw);
      const applied = await committer.submit(arrived);
      return answerTo(parts, arrived, applied);
    },
    drain: () => committer.drain(),
  };
}

async function verifyReport(directory: MachineDirectory, raw: RawReport): Promise<ArrivedReport> {
  const { verificationKey, agencyCode, machineId } = await directory.find(readSigner(raw.signature));
  await verifyDetached(raw.body, raw.signature, verificationKey);
  const checked = checkReport(raw.body);
  if (checked.report.machineId !== machineId) {
    throw new TramdoError('REPORT_INVALID', 'Cannot accept the report as it speaks of another machine than its signer');
  }
  return { machine: { agencyCode, machineId }, checked, arrivedAtMs: raw.arrivedAtMs };
}

function answerTo(parts: IntakeParts, { machine }: ArrivedReport, applied: Applied): ReportAnswer {
  if (!('acceptedSeq' in applied)) {
    parts.directory.forget(machine.machineId);
    const code = applied.result === 'retired' ? 'MACHINE_RETIRED' : 'MACHINE_UNKNOWN';
    throw new TramdoError(code, `Cannot accept anything of the machine "${machine.machineId}"`);
  }
  parts.counts.add(applied.result);
  return {
    acceptedSeq: applied.acceptedSeq,
    resend: [...applied.resend],
    planVersion: parts.planVersion(),
    serverTime: new Date(parts.nowMs()).toISOString(),
  };
}
