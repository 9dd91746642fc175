import { type ErrorCode, TramdoError } from '#shared/errors.ts';

/** A refusal that passes by itself: the caller may come back after a while. */
export class RetryLater extends TramdoError {
  /** How long to wait, in seconds; becomes `Retry-After`. */
  readonly retryAfterSeconds: number;

  constructor(code: ErrorCode, message: string, retryAfterSeconds: number) {
    super(code, message);
    this.name = 'RetryLater';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
