/** How loud a failure is in the log: `error` means that someone must act, `debug` that nobody needs to know. */
export type ErrorLevel = 'error' | 'warn' | 'info' | 'debug';

/** One row of the catalogue. */
export interface ErrorEntry {
  /** What it means, one sentence. */
  readonly meaning: string;
  /** What the reader can do about it, one sentence. */
  readonly remedy: string;
  /** HTTP status when the collector answers with it. */
  readonly status: number;
  readonly level: ErrorLevel;
}

/** Makes a row of an error table. */
export function errorEntry(status: number, level: ErrorLevel, meaning: string, remedy: string): ErrorEntry {
  return { status, level, meaning, remedy };
}
