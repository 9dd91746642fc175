import { writeSync } from 'node:fs';

/** How loud a line is; see shared/errors.ts. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

const STANDARD_ERROR = 2;
const PINO_LEVELS = { error: 50, warn: 40, info: 30, debug: 20 } as const;

/**
 * Writes one line to standard error in pino's form: values first, a constant sentence as `msg`.
 *
 * pino itself is not loaded in the agent: it would cost 11 MB in the memory of every PC, and even the stream of
 * `process.stderr` would cost 2 (shared/decisions/0002).
 */
export function log(level: LogLevel, values: Readonly<Record<string, unknown>>, msg: string): void {
  const line = { level: PINO_LEVELS[level], time: new Date().toISOString(), ...values, msg };
  try {
    writeSync(STANDARD_ERROR, `${JSON.stringify(line)}\n`);
  } catch {
    // Whoever read the log has gone away; the agent has work to do all the same.
  }
}
