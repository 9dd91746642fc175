/**
 * Version of the wire between agent and collector, sent in every report as `protocol`.
 *
 * History, one line a version, newest last:
 * - 1 (2026-11-22): enrolment, signed delta reports, signed plan.
 * - 1 (2026-11-29): windows of attempts say their path and bring receipts of beacons; the plan has address ranges and
 *   beacons. Added alone: a window without a path speaks for no agency.
 * - 1 (2026-11-29): reports may be compressed with REPORT_DICTIONARY; who does not know it answers 415 and gets gzip.
 */
export const PROTOCOL_VERSION = 1;

/** Header that carries the detached JWS of a body (RFC 7515 appendix F, RFC 7797 `b64:false`). */
export const SIGNATURE_HEADER = 'tramdo-signature';

/** Header in which a relay says for how many whole seconds it kept a report. */
export const WAITED_HEADER = 'tramdo-waited-seconds';

/** Length of one connectivity slot, in milliseconds: the special network's own rules use 5-minute samples. */
export const SLOT_MS = 300_000;

/** Largest body of a report after decompression, in bytes; the collector answers 413 above it. */
export const MAX_REPORT_BYTES = 1_048_576;
