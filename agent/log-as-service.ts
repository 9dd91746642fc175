import { parseEventCount, spendEvent } from './event-budget.ts';
import { eventIdOf } from './event-ids.ts';
import { currentPlatform } from './host/current-platform.ts';
import { readOwnFile, writeDurably } from './host/durable-file.ts';
import { writeWindowsEvent } from './host/event-log.ts';
import { appendToLogFile } from './host/log-file.ts';
import { type LogLine, setLogSinks } from './log.ts';
import { plainLogLine } from './plain-log-line.ts';
import type { StateFolder } from './uplink/state-folder.ts';

const LEFT_OUT = 'Lines were left out of this log, the file agent.log has them';

/**
 * Sends the log where people of the system look for it: for processes that a service manager started. On Linux that
 * is standard error, which the journal reads; on Windows and macOS, where nobody does, a bounded file in the state
 * folder, and on Windows the Application log too.
 */
export function logAsService(folder: StateFolder): void {
  const platform = currentPlatform();
  if (platform === 'linux') return;
  const toFile = (line: LogLine) => {
    if (line.level !== 'debug') appendToLogFile(folder.logFile, fileLine(line));
  };
  setLogSinks(platform === 'win32' ? [toFile, (line) => toEventLog(folder, line)] : [toFile]);
}

function fileLine({ time, level, msg, values }: LogLine): string {
  return `${time} ${level} ${plainLogLine(msg, values)}`;
}

function toEventLog(folder: StateFolder, { level, msg, values, time }: LogLine): void {
  const id = eventIdOf(level, msg);
  if (level === 'debug' || id === undefined) return;
  try {
    const before = parseEventCount(readOwnFile(folder.eventCountFile));
    const { count, isTold, leftOutBefore } = spendEvent(before, Date.parse(time));
    writeDurably(folder.eventCountFile, JSON.stringify(count));
    if (leftOutBefore > 0) {
      const text = plainLogLine(LEFT_OUT, { lineCount: leftOutBefore });
      writeWindowsEvent({ level: 'warn', id: eventIdOf('warn', LEFT_OUT) ?? 1, text });
    }
    if (isTold) writeWindowsEvent({ level, id, text: plainLogLine(msg, values) });
  } catch {
    // The state folder cannot be written: without a count nothing may flood the log of the system.
  }
}
