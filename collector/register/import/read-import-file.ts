import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { MAX_FILE_BYTES } from './import-limits.ts';
import type { ImportFile } from './plan-file.ts';

/** How much is read at once, in bytes. */
const CHUNK_BYTES = 1_048_576;

/**
 * Reads a file that is to be imported; of one that is too large only so much that its refusal is certain.
 *
 * @throws {TramdoError} USAGE when it cannot be read
 */
export function readImportFile(path: string): Pick<ImportFile, 'name' | 'bytes'> {
  return readUpTo(path, MAX_FILE_BYTES);
}

/**
 * Reads a file that a command names, and at most one byte more than is allowed.
 *
 * @throws {TramdoError} USAGE when it cannot be read
 */
export function readUpTo(path: string, maxBytes: number): Pick<ImportFile, 'name' | 'bytes'> {
  try {
    const handle = openSync(path, 'r');
    try {
      return { name: basename(path), bytes: readChunks(handle, maxBytes + 1) };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new TramdoError('USAGE', `Cannot read the file "${path}": ${messageOf(error)}`, { cause: error });
  }
}

/** A pipe has no size beforehand, so what comes is counted. */
function readChunks(handle: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < maxBytes) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, maxBytes - length));
    const readBytes = readSync(handle, chunk);
    if (readBytes === 0) break;
    chunks.push(chunk.subarray(0, readBytes));
    length += readBytes;
  }
  return Buffer.concat(chunks, length);
}
