import { spawn } from 'node:child_process';
import { windowsEnvironment, windowsProgram } from './windows-program.ts';

/** One line for the Application log of Windows. */
export interface WindowsEvent {
  readonly level: 'error' | 'warn' | 'info';
  /** 1 to 1000. */
  readonly id: number;
  readonly text: string;
}

/** Longest text, in characters; what is longer is cut. */
const MAX_LENGTH = 1_000;

const TYPES = { error: 'ERROR', warn: 'WARNING', info: 'INFORMATION' } as const;

/**
 * Arguments of `eventcreate.exe` for a line. `%` begins an insertion in texts of the event log, and quotation marks end
 * the argument: both are replaced.
 */
export function eventArguments({ level, id, text }: WindowsEvent): readonly string[] {
  const plain = text.replaceAll('%', '\uff05').replaceAll('"', "'").slice(0, MAX_LENGTH);
  return ['/L', 'APPLICATION', '/T', TYPES[level], '/SO', 'tramdo-agent', '/ID', String(id), '/D', plain];
}

/** Writes the line by a program of Windows that lives on for a moment; whether it worked is not waited for. */
export function writeWindowsEvent(event: WindowsEvent): void {
  const child = spawn(windowsProgram('eventcreate.exe', process.env), eventArguments(event), {
    stdio: 'ignore',
    windowsHide: true,
    env: windowsEnvironment(process.env),
  });
  // A PC without the program still has the file agent.log.
  child.once('error', () => undefined);
  child.unref();
}
