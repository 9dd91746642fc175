import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who may read what the agent keeps: its own account alone. */
const FILE_MODE = 0o600;

/**
 * Replaces a file so that after a crash or a power cut either the old or the new content is there, whole: written
 * beside it, synced, renamed over it, and the folder synced.
 *
 * @throws the system's own error; the old file is untouched then
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const draft = `${path}.draft`;
  try {
    // Made anew: a link that somebody laid there on a stick must not lead the writing elsewhere.
    rmSync(draft, { force: true });
    const file = openSync(draft, 'wx', FILE_MODE);
    try {
      writeFully(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Reads a text file; undefined when it is not there.
 *
 * @throws the system's own error
 */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes everything, however little the system takes at once. */
export function writeFully(file: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

function syncFolder(path: string): void {
  // Windows has no sync of a folder: its file systems journal the rename themselves.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
