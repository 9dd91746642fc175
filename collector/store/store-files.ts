import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How large the files of the database are. */
export interface StoreSizes {
  readonly databaseBytes: number;
  /** The write-ahead log beside it; 0 without one. */
  readonly walBytes: number;
}

/** Reads the sizes of a SQLite database; a file that is not there has none. */
export function storeSizes(database: string): StoreSizes {
  return { databaseBytes: sizeOf(database), walBytes: sizeOf(`${database}-wal`) };
}

/** Bytes that an ordinary account may still write on the disk of a path; undefined when nothing of it is there. */
export function freeBytes(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return dirname(path) === path ? undefined : freeBytes(dirname(path));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
