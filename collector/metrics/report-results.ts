import type { ErrorCode } from '#shared/errors.ts';

/** How receiving a report can end: taken, taken before, or refused with a code of the error catalogue; sorted. */
export const REPORT_RESULTS = [
  'BODY_TOO_LARGE',
  'COLLECTOR_BUSY',
  'DISK_FULL',
  'INTERNAL',
  'MACHINE_CONFLICT',
  'MACHINE_RETIRED',
  'MACHINE_UNKNOWN',
  'RATE_LIMITED',
  'REPORT_INVALID',
  'SIGNATURE_INVALID',
  'STORE_UNAVAILABLE',
  'accepted',
  'duplicate',
] as const satisfies readonly (ErrorCode | 'accepted' | 'duplicate')[];

/** One of {@link REPORT_RESULTS}. */
export type ReportResult = (typeof REPORT_RESULTS)[number];

/** The result a refusal is counted under: its own code, or `INTERNAL` for one that reports do not have. */
export function refusalResult(code: ErrorCode): ReportResult {
  return REPORT_RESULTS.find((result) => result === code) ?? 'INTERNAL';
}
