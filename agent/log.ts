import { fstatSync, writeSync } from 'node:fs';
import { environment } from './host/environment.ts';
import { plainLogLine } from './plain-log-line.ts';

/** How loud a line is; see shared/errors.ts. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** One line of the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly values: Readonly<Record<string, unknown>>;
  /** A constant sentence. */
  readonly msg: string;
  /** When, in the form of ISO 8601. */
  readonly time: string;
}

/** A further place that lines go to. */
export type LogSink = (line: LogLine) => void;

const STANDARD_ERROR = 2;
const PINO_LEVELS = { error: 50, warn: 40, info: 30, debug: 20 } as const;
/** Levels of syslog, as the journal reads them at the head of a line (sd-daemon(3)). */
const JOURNAL_LEVELS = { error: 3, warn: 4, info: 6, debug: 7 } as const;

let sinks: readonly LogSink[] = [];
let isJournal: boolean | undefined;

/**
 * Writes one line to standard error in pino's form: values first, a constant sentence as `msg`; where the journal of
 * systemd reads, its level and the sentence in plain words.
 *
 * pino itself is not loaded in the agent: it would cost 11 MB in the memory of every PC, and even the stream of
 * `process.stderr` would cost 2 (shared/decisions/0002).
 */
export function log(level: LogLevel, values: Readonly<Record<string, unknown>>, msg: string): void {
  const line = { level, values, msg, time: new Date().toISOString() };
  try {
    writeSync(STANDARD_ERROR, `${formLine(line)}\n`);
  } catch {
    // Whoever read the log has gone away; the agent has work to do all the same.
  }
  for (const sink of sinks) sink(line);
}

/** Sends every line from now on to these places too, in place of those that were set before. */
export function setLogSinks(places: readonly LogSink[]): void {
  sinks = places;
}

function formLine({ level, values, msg, time }: LogLine): string {
  isJournal ??= isJournalStream(environment()['JOURNAL_STREAM']);
  if (isJournal) return `<${JOURNAL_LEVELS[level]}>${plainLogLine(msg, values)}`;
  return JSON.stringify({ level: PINO_LEVELS[level], time, ...values, msg });
}

/** The variable is inherited by programs whose standard error leads elsewhere: the numbers must fit (systemd.exec(5)). */
function isJournalStream(named: string | undefined): boolean {
  if (named === undefined) return false;
  try {
    const { dev, ino } = fstatSync(STANDARD_ERROR);
    return named === `${dev}:${ino}`;
  } catch {
    return false;
  }
}
