import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Begins the line behind the database in a backup; SQLite does not look there, as its header says where it ends. */
const SEAL_PREFIX = 'tramdo-backup sha256 ';

/** Length of the seal in bytes: the prefix, 64 hexadecimal digits and the end of the line. */
export const SEAL_BYTES = SEAL_PREFIX.length + 65;

/** How much of a file is held at a time, in bytes. */
const CHUNK_BYTES = 1_048_576;

/** What the end of a file says of it: `whole`, `damaged` under a seal, or no seal at all. */
export type SealState = 'whole' | 'damaged' | 'absent';

/**
 * Puts the checksum of a file behind it and syncs it to disk. SQLite's own check notices a damaged tree and not a
 * damaged text in it; the seal notices every bit, and that the end is missing.
 */
export function sealFile(file: string): void {
  const seal = `${SEAL_PREFIX}${hashOf(file, statSync(file).size)}\n`;
  const handle = openSync(file, 'a');
  try {
    writeSync(handle, seal);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Compares a file with its seal. */
export function checkSeal(file: string): SealState {
  const sealedBytes = statSync(file).size - SEAL_BYTES;
  if (sealedBytes < 0) return 'absent';
  const seal = readPart(file, sealedBytes, SEAL_BYTES).toString('latin1');
  if (!seal.startsWith(SEAL_PREFIX)) return 'absent';
  return seal === `${SEAL_PREFIX}${hashOf(file, sealedBytes)}\n` ? 'whole' : 'damaged';
}

/** Reads part of a file; shorter where the file ends. */
export function readPart(file: string, from: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(handle, buffer, 0, length, from));
  } finally {
    closeSync(handle);
  }
}

function hashOf(file: string, lengthBytes: number): string {
  const hash = createHash('sha256');
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  try {
    for (let from = 0; from < lengthBytes; ) {
      const readBytes = readSync(handle, buffer, 0, Math.min(CHUNK_BYTES, lengthBytes - from), from);
      if (readBytes === 0) break;
      hash.update(buffer.subarray(0, readBytes));
      from += readBytes;
    }
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
