import { closeSync, openSync, readSync } from 'node:fs';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { replaceFile } from './replace-file.ts';

/** What the system says of a place that cannot be written, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write there',
  EISDIR: 'it is a folder: name a file in it',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EPERM: 'this account may not write there',
  EROFS: 'the medium is read-only: look for its switch, or take another one',
};

/**
 * Reads a file that was carried here; of one that is too large only so much that its refusal is certain.
 *
 * @throws {TramdoError} USAGE when it is not there or cannot be read
 */
export function readCarried(path: string, maxBytes: number): Buffer {
  const bytes = tryRead(path, maxBytes);
  if (bytes instanceof Buffer) return bytes;
  throw new TramdoError('USAGE', `Cannot read the file "${path}": ${messageOf(bytes)}`, { cause: bytes });
}

/** The same for a path where there may be nothing: undefined then. */
export function readCarriedIfThere(path: string, maxBytes: number): Buffer | undefined {
  const bytes = tryRead(path, maxBytes);
  if (bytes instanceof Buffer) return bytes;
  if (systemCodeOf(bytes) === 'ENOENT') return undefined;
  throw unwritable(path, bytes);
}

/**
 * Writes a file that will be carried, whole or not at all, synced before this returns; readable by its owner alone where
 * the medium knows owners.
 *
 * @throws {TramdoError} DISK_FULL, FILE_UNWRITABLE
 */
export function writeCarried(path: string, bytes: Uint8Array): void {
  try {
    replaceFile(path, bytes);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function tryRead(path: string, maxBytes: number): unknown {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(maxBytes + 1);
      let length = 0;
      for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = readSync(file, bytes, length, bytes.length - length, null);
      }
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return error;
  }
}

function unwritable(path: string, cause: unknown): TramdoError {
  const code = systemCodeOf(cause) ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new TramdoError('DISK_FULL', `Cannot write "${path}": there is no space left on it`, { cause });
  }
  const why = REASONS[code] ?? messageOf(cause);
  return new TramdoError('FILE_UNWRITABLE', `Cannot write "${path}": ${why}`, { cause });
}
