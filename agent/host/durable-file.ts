import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { readIfThere, replaceFile, writeFully } from './replace-file.ts';

/** Who may read what the agent keeps: its own account alone. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Makes a folder and its parents, readable by the agent's account alone. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
  } catch (error) {
    throw storageError(`Cannot make the folder "${path}"`, error);
  }
}

/**
 * Replaces a file so that after a crash or a power cut either the old or the new text is there, whole: written
 * beside it, synced, renamed over it, and the folder synced.
 *
 * @throws {TramdoError} DISK_FULL or DATA_FOLDER_UNUSABLE; the old file is untouched then.
 */
export function writeDurably(path: string, text: string | Uint8Array): void {
  try {
    replaceFile(path, text);
  } catch (error) {
    throw storageError(`Cannot write "${path}"`, error);
  }
}

/** Reads a file of the agent's own; undefined when it is not there. */
export function readOwnFile(path: string): string | undefined {
  try {
    return readIfThere(path);
  } catch (error) {
    throw storageError(`Cannot read "${path}"`, error);
  }
}

/**
 * Appends a line without syncing: for what may be lost in a power cut, but not in a crash of the agent.
 *
 * @throws {TramdoError} DISK_FULL or DATA_FOLDER_UNUSABLE; nothing of the line is in the file then.
 */
export function appendLine(path: string, line: string): void {
  try {
    const file = openSync(path, 'a', FILE_MODE);
    const { size } = fstatSync(file);
    try {
      writeFully(file, Buffer.from(`${line}\n`));
    } catch (error) {
      // Half a line would swallow the one that is appended after it.
      truncateSync(path, size);
      throw error;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw storageError(`Cannot append to "${path}"`, error);
  }
}

/** Removes a file or folder; nothing happens when it is not there. */
export function removePath(path: string): void {
  rmSync(path, { force: true, recursive: true });
}

/** Moves a file within one file system. */
export function movePath(from: string, to: string): void {
  renameSync(from, to);
}

/** Puts a failed call on the agent's own files into the catalogue's words. */
export function storageError(action: string, cause: unknown): TramdoError {
  const code = systemCodeOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new TramdoError('DISK_FULL', `${action}: no space left`, { cause });
  return new TramdoError('DATA_FOLDER_UNUSABLE', `${action}: ${code ?? messageOf(cause)}`, { cause });
}
