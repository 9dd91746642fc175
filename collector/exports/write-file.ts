import { closeSync, openSync, writeSync } from 'node:fs';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';

/**
 * Writes pieces into a new file, one at a time.
 *
 * @throws {TramdoError} FILE_UNWRITABLE, also when there is a file of that name; DISK_FULL
 */
export function writeNewFile(path: string, pieces: Iterable<string | Uint8Array>): void {
  try {
    const file = openSync(path, 'wx');
    try {
      for (const piece of pieces) writeWhole(file, typeof piece === 'string' ? Buffer.from(piece) : piece);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw namedFileError(error, path);
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

function namedFileError(error: unknown, path: string): unknown {
  const code = systemCodeOf(error);
  if (code === undefined) return error;
  if (code === 'ENOSPC') {
    return new TramdoError('DISK_FULL', `Cannot write "${path}" as the disk is full`, { cause: error });
  }
  const why = code === 'EEXIST' ? 'there is a file of that name: name another one, or remove it' : messageOf(error);
  return new TramdoError('FILE_UNWRITABLE', `Cannot write "${path}": ${why}`, { cause: error });
}
