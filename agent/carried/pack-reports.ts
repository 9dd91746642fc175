import { CARRIED_LIMITS, packCarriedFile, type ReportsFile, reportsSeal } from '#shared/carried-file.ts';
import { signDetached } from '#shared/signature.ts';
import type { OutboxEntry } from '../uplink/outbox.ts';

/** Texts of reports in one file together, in bytes; the rest of the bound is for what is around them. */
const MAX_BODY_BYTES = CARRIED_LIMITS.unpackedBytes * 0.6;

/** What reports are signed with. */
export interface ReportSigner {
  readonly machineId: string;
  readonly key: CryptoKey;
  /** When the file is made, epoch milliseconds. */
  readonly nowMs: number;
}

/** A file of reports, and how many are in it. */
export interface PackedReports {
  readonly bytes: Buffer;
  readonly reportCount: number;
}

/**
 * Puts reports into a file, oldest first and as many as it may hold; each is signed as it would be for the line, with
 * the instant at which it was queued as that of its sending, so that it is the same report in every file.
 */
export async function packReports(
  entries: readonly OutboxEntry[],
  { machineId, key, nowMs }: ReportSigner,
): Promise<PackedReports> {
  const reports: ReportsFile['reports'] = [];
  let bodyBytes = 0;
  for (const { report, queuedAtMs } of entries.slice(0, CARRIED_LIMITS.reportCount)) {
    const body = JSON.stringify({ ...report, sentAt: new Date(queuedAtMs).toISOString() });
    bodyBytes += Buffer.byteLength(body);
    if (bodyBytes > MAX_BODY_BYTES && reports.length > 0) break;
    reports.push({ seq: report.seq, body, signature: await signDetached(Buffer.from(body), key, machineId) });
  }
  const madeAt = new Date(nowMs).toISOString();
  const file = { format: 'tramdo-carried-1', kind: 'reports', machineId, madeAt, reports } as const;
  const bytes = packCarriedFile({ ...file, seal: await signDetached(reportsSeal(file), key, machineId) });
  if (bytes.length <= CARRIED_LIMITS.fileBytes || reports.length <= 1) return { bytes, reportCount: reports.length };
  return packReports(entries.slice(0, Math.ceil(reports.length / 2)), { machineId, key, nowMs });
}
