/** How loud a line is; see shared/errors.ts. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

const PINO_LEVELS = { error: 50, warn: 40, info: 30, debug: 20 } as const;

/**
 * Writes one line to standard error in pino's form: values first, a constant sentence as `msg`.
 *
 * pino itself is not loaded in the agent: it would cost 11 MB in the memory of every PC (shared/decisions/0002).
 */
export function log(level: LogLevel, values: Readonly<Record<string, unknown>>, msg: string): void {
  const line = { level: PINO_LEVELS[level], time: new Date().toISOString(), ...values, msg };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
