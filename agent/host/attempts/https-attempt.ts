import type { Ending } from './attempt-connection.ts';
import type { AttemptOptions, AttemptResult } from './attempt-result.ts';
import { type TrustOptions, tlsAttempt } from './tls-attempt.ts';

/** Most that is read of an answer, in bytes: its first line is all that counts. */
const MAX_STATUS_LINE_BYTES = 1_024;

/** Status of a network that wants somebody to log in first (RFC 6585 section 6). */
const NETWORK_AUTHENTICATION_REQUIRED = 511;

/** A page of an HTTPS server. */
export interface HttpsPage {
  readonly host: string;
  readonly port: number;
  /** Path with its query. */
  readonly path: string;
}

/** Asks an HTTPS server for the head of a page; any status below 500 is an answer. */
export async function httpsAttempt(page: HttpsPage, options: AttemptOptions & TrustOptions): Promise<AttemptResult> {
  return tlsAttempt({ ...page, method: 'HEAD' }, options, {
    judge: (answer, hasEnded) => {
      if (!answer.includes('\n') && answer.length <= MAX_STATUS_LINE_BYTES && !hasEnded) return undefined;
      return judgeStatus(statusOf(answer));
    },
  });
}

/** The status an HTTP answer begins with; undefined when it does not begin as one. */
export function statusOf(answer: string): number | undefined {
  const status = /^HTTP\/1\.[01] ([1-5][0-9]{2})[ \r\n]/.exec(answer)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** What a status means: an answer, a portal that wants a log-in, or a server that fails. */
export function judgeStatus(status: number | undefined): Ending {
  if (status === undefined) return { failure: 'ANSWER_UNREADABLE' };
  if (status === NETWORK_AUTHENTICATION_REQUIRED) return { failure: 'CAPTIVE_PORTAL', status };
  return status >= 500 ? { failure: 'STATUS_5XX', status } : { status };
}
