import type { Platform } from '#shared/enrolment.ts';
import type { CommandId } from './commands.ts';

/** What a command left behind; a command that could not be run at all is a {@link TramdoError} instead. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit status; probes decide what a status other than 0 means. */
  readonly exitCode: number;
  /** Killed at its deadline; what it had printed until then is there (commands with `keepsPartialOutput` only). */
  readonly isCutShort?: true;
}

/** What the file system says of a path. */
export interface PathStatus {
  readonly kind: 'file' | 'directory' | 'socket' | 'link' | 'other';
  readonly sizeBytes: number;
  /** Newest change of the content, epoch milliseconds. */
  readonly modifiedAtMs: number;
  /** Oldest instant the file system knows of the path, epoch milliseconds; absent when it keeps none. */
  readonly createdAtMs?: number;
  /** Where a link points to, as it is written in the link. */
  readonly linkTarget?: string;
}

/**
 * The machine as a probe sees it: the only door, so that a recorded machine can stand in for the live one.
 *
 * Absence is a value (`undefined`). Everything else that goes wrong is a {@link TramdoError}: HOST_FILE_DENIED,
 * HOST_READ_FAILED, OUTPUT_TOO_LARGE, COMMAND_MISSING, COMMAND_TIMED_OUT, COMMAND_KILLED.
 */
export interface Host {
  readonly platform: Platform;
  /**
   * Reads a text file (UTF-8; invalid bytes become U+FFFD), at most `maxBytes` (1 MiB unless told); with
   * `prefixBytes` only so many bytes from the start, whatever the size.
   */
  readText(
    path: string,
    options?: { readonly maxBytes?: number; readonly prefixBytes?: number },
  ): Promise<string | undefined>;
  /** Names in a folder, sorted by code point; undefined when there is no such folder. */
  listDir(path: string): Promise<readonly string[] | undefined>;
  /** Status of a path; links are not followed. */
  stat(path: string): Promise<PathStatus | undefined>;
  /** Runs one command of the closed list, without a shell, killed with its children at its deadline. */
  run(command: CommandId): Promise<CommandResult>;
  /** Sends a text to a local socket and reads the answer until the other side ends it, at most 64 KiB. */
  ask(socketPath: string, request: string): Promise<string | undefined>;
  /** The machine's own wall clock, epoch milliseconds. */
  nowMs(): number;
  /** A clock that never jumps, milliseconds since some start. */
  monotonicMs(): number;
}
