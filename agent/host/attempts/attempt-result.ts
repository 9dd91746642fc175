import { systemCodeOf } from '#shared/errors.ts';

/** Why an attempt on a network target failed, in code-point order; NOT_PERMITTED says nothing of the target. */
export const ATTEMPT_FAILURES = [
  'ANSWER_UNREADABLE',
  'DNS_FAILED',
  'FAILED',
  'NAME_NOT_FOUND',
  'NOT_PERMITTED',
  'REFUSED',
  'RESET',
  'STATUS_5XX',
  'TIMED_OUT',
  'TLS_FAILED',
  'UNREACHABLE',
] as const;

/** One of {@link ATTEMPT_FAILURES}. */
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

/** How one attempt ended: the round-trip time of a success in milliseconds, or the code of the failure. */
export type AttemptResult = { readonly rttMs: number } | { readonly failure: AttemptFailure };

/** Bounds of one attempt. */
export interface AttemptOptions {
  /** Time after which the attempt is given up as TIMED_OUT, in milliseconds, name resolution included. */
  readonly timeoutMs: number;
  /** Ends the attempt without a result, when the agent stops. */
  readonly signal: AbortSignal;
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
