import type { Platform } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';
import type { Command } from '../host/command.ts';
import type { CommandResult } from '../host/host.ts';

/** What the file system says of a path; a link is not followed. */
export interface PlaceStatus {
  readonly kind: 'file' | 'folder' | 'other';
  /** Number of the owner's account; 0 on Windows. */
  readonly ownerId: number;
  /** Group or everybody may write it, and no sticky bit protects what lies in it; false on Windows. */
  readonly isOpenToOthers: boolean;
}

/** The machine as the installation of the service changes it; a test hands in one that only takes notes. */
export interface ServiceMachine {
  readonly platform: Platform;
  readonly totalMemoryBytes: number;
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** A number from 0 to 1, below 1. */
  readonly chance: () => number;
  /** Root, or an elevated administrator or LocalSystem. */
  readonly isAdministrator: () => boolean;
  /** Runs a command of service-commands.ts; its exit status decides nothing here. */
  readonly run: (command: Command) => Promise<CommandResult>;
  readonly status: (path: string) => PlaceStatus | undefined;
  readonly readText: (path: string) => string | undefined;
  /** Names in a folder; none when there is no such folder. */
  readonly list: (path: string) => readonly string[];
  readonly write: (path: string, content: string | Buffer, mode: number) => void;
  /** Makes a folder for the account alone; fails when something is there already. */
  readonly makeFolder: (path: string) => void;
  readonly move: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
}

/** Runs a command that must succeed. @throws {TramdoError} COMMAND_FAILED with the first line it complained with */
export async function runOrFail(machine: ServiceMachine, command: Command, action: string): Promise<CommandResult> {
  const result = await machine.run(command);
  if (result.exitCode === 0) return result;
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n')[0]?.trim() ?? '';
  throw new TramdoError(
    'COMMAND_FAILED',
    `Cannot ${action}: "${command.argv[0]}" ended with ${result.exitCode}: ${said}`,
  );
}

/** Runs a command and tells whether it succeeded; one that is not there did not. */
export async function succeeds(machine: ServiceMachine, command: Command): Promise<boolean> {
  try {
    return (await machine.run(command)).exitCode === 0;
  } catch (error) {
    if (error instanceof TramdoError) return false;
    throw error;
  }
}
