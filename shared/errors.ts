import { FIELD_ERRORS } from './field-errors.ts';
import { RECORD_ERRORS } from './record-errors.ts';

/**
 * Every failure the world can cause, by its code. ERRORS.md is printed from this table, and `error-reply.ts` reads
 * status and log level from it.
 */
export const ERROR_CATALOGUE = { ...FIELD_ERRORS, ...RECORD_ERRORS };

/** A code of {@link ERROR_CATALOGUE}. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** Tells whether a text from outside is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CATALOGUE, text);
}

/** A failure the world can cause: a code for programs, a message with action and value for people. */
export class TramdoError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TramdoError';
    this.code = code;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's code of a failed call (`ENOENT`, `ECONNREFUSED` …); undefined when there is none. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
