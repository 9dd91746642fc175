import { systemCodeOf } from '#shared/errors.ts';
import type { ReportedReceipt } from '#shared/receipt.ts';

/** Why an attempt on a network target failed, in code-point order; what each means says attempt-failure-meanings.ts. */
export const ATTEMPT_FAILURES = [
  'ADDRESS_UNEXPECTED',
  'ANSWER_UNEXPECTED',
  'ANSWER_UNREADABLE',
  'CAPTIVE_PORTAL',
  'CERTIFICATE_EXPIRED',
  'DNS_FAILED',
  'FAILED',
  'INTERCEPTED',
  'MIDDLE_BOX',
  'NAME_NOT_FOUND',
  'NOT_PERMITTED',
  'NO_ECHO',
  'RECEIPT_INVALID',
  'REFUSED',
  'RESET',
  'STATUS_5XX',
  'TIMED_OUT',
  'TLS_FAILED',
  'UNREACHABLE',
] as const;

/** One of {@link ATTEMPT_FAILURES}. */
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

/**
 * Failures that say nothing of the line: the target could not be tried, what it is asked with is often thrown away, or
 * the right server answered and only the calendars differ, of a PC with a dead battery above all.
 */
const SILENT_FAILURES: ReadonlySet<string> = new Set<AttemptFailure>([
  'CERTIFICATE_EXPIRED',
  'NOT_PERMITTED',
  'NO_ECHO',
]);

/** Tells whether an attempt with this failure says nothing of its target, so that it is neither up nor down. */
export function saysNothing(failure: string | undefined): boolean {
  return failure !== undefined && SILENT_FAILURES.has(failure);
}

/** What was learnt from the other side, whether it was taken for a success or not. */
export interface Answer {
  /** HTTP status; https targets only. */
  readonly status?: number;
  /** End of the certificate that was shown, epoch milliseconds; https and beacon targets only. */
  readonly certificateNotAfterMs?: number;
  readonly receipt?: ReportedReceipt;
}

/** Which way an attempt went, as far as its socket or its command tells. */
export interface Way {
  /** Own address of the connection. */
  readonly source?: string;
  /** Address the packets were for; of a question to a name server, the server's. */
  readonly towards?: string;
}

/** How one attempt ended: the round-trip time of a success in milliseconds, or the code of the failure. */
export type AttemptResult = Answer & Way & ({ readonly rttMs: number } | { readonly failure: AttemptFailure });

/** Bounds of one attempt. */
export interface AttemptOptions {
  /** Time after which the attempt is given up as TIMED_OUT, in milliseconds, name resolution included. */
  readonly timeoutMs: number;
  /** Ends the attempt without a result, when the agent stops. */
  readonly signal: AbortSignal;
}

/** Whose nonce a beacon is shown; see shared/receipt-nonce.ts. */
export interface NonceParts {
  readonly machineId: string;
  /** Id of the network the target belongs to. */
  readonly network: string;
  /** Slot by the machine's clock: epoch milliseconds / 300,000. */
  readonly slot: number;
}

const FAILURE_BY_SYSTEM_CODE: ReadonlyMap<string, AttemptFailure> = new Map([
  ['ECONNREFUSED', 'REFUSED'],
  ['ECONNRESET', 'RESET'],
  ['EPIPE', 'RESET'],
  ['ETIMEDOUT', 'TIMED_OUT'],
  ['EHOSTUNREACH', 'UNREACHABLE'],
  ['EHOSTDOWN', 'UNREACHABLE'],
  ['ENETUNREACH', 'UNREACHABLE'],
  ['ENETDOWN', 'UNREACHABLE'],
  // No address of that family on this machine: an IPv6 target on an IPv4 line.
  ['EADDRNOTAVAIL', 'UNREACHABLE'],
  ['EAFNOSUPPORT', 'UNREACHABLE'],
  ['ENOTFOUND', 'NAME_NOT_FOUND'],
  ['EAI_AGAIN', 'NAME_NOT_FOUND'],
  // The machine itself refused (mandatory access control, no descriptors left): no word on the target.
  ['EACCES', 'NOT_PERMITTED'],
  ['EPERM', 'NOT_PERMITTED'],
  ['EMFILE', 'NOT_PERMITTED'],
  ['ENFILE', 'NOT_PERMITTED'],
]);

/** The failure a socket error stands for; `otherwise` when its system code tells nothing. */
export function failureOfSocketError(error: unknown, otherwise: AttemptFailure): AttemptFailure {
  return FAILURE_BY_SYSTEM_CODE.get(systemCodeOf(error) ?? '') ?? otherwise;
}
