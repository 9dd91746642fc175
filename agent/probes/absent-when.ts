import { type ErrorCode, TramdoError } from '#shared/errors.ts';

/** Codes of a text that is there for root only, or that a driver refuses to give. */
export const UNREADABLE = ['HOST_FILE_DENIED', 'HOST_READ_FAILED'] as const satisfies readonly ErrorCode[];

/** Codes of a command whose answer a probe can do without. */
export const UNANSWERED = [
  'COMMAND_MISSING',
  'COMMAND_TIMED_OUT',
  'COMMAND_KILLED',
  'HOST_FILE_DENIED',
  'OUTPUT_TOO_LARGE',
] as const satisfies readonly ErrorCode[];

/**
 * Waits for one look at the machine and makes a failure with one of the codes an absent value.
 *
 * For single facts only: what a whole observation stands on must fail with its name.
 *
 * @throws anything that is not a {@link TramdoError} with one of the codes
 */
export async function absentWhen<Value>(codes: readonly ErrorCode[], look: Promise<Value>): Promise<Value | undefined> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof TramdoError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
