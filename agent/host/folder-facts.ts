import { accessSync, constants, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, systemCodeOf } from '#shared/errors.ts';

/** What can be said of a folder of the agent. */
export type FolderFacts =
  | { readonly kind: 'absent' }
  | { readonly kind: 'denied' }
  | {
      readonly kind: 'there';
      /** Permission bits in octal; absent on Windows, where access lists decide. */
      readonly mode?: string;
      /** Others than the owner may read it or pass through it; never on Windows, where the mode says nothing. */
      readonly isOpenToOthers: boolean;
      /** Why nothing can be written; absent when a file could be made there and removed again. */
      readonly writeError?: string;
      readonly freeBytes: number;
    };

/** Looks at a folder of the agent and tries to write into it. */
export function folderFacts(path: string): FolderFacts {
  try {
    const { mode } = statSync(path);
    accessSync(path, constants.R_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(path);
    const isWindows = process.platform === 'win32';
    const writeError = tryToWrite(path);
    return {
      kind: 'there',
      ...(isWindows ? {} : { mode: (mode & 0o777).toString(8) }),
      isOpenToOthers: !isWindows && (mode & 0o077) !== 0,
      ...(writeError === undefined ? {} : { writeError }),
      freeBytes: bavail * bsize,
    };
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { kind: 'absent' };
    return { kind: 'denied' };
  }
}

/** Space on the disk of a folder that this account may still take, in bytes; undefined when it is not there. */
export function freeBytesAt(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/** Permission bits of a file in octal when others than its owner may read it; undefined when it is closed or gone. */
export function openFileMode(path: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o077) === 0 ? undefined : (mode & 0o777).toString(8);
}

function tryToWrite(path: string): string | undefined {
  const file = join(path, 'doctor.draft');
  try {
    writeFileSync(file, 'doctor', { mode: 0o600 });
    return undefined;
  } catch (error) {
    return systemCodeOf(error) ?? messageOf(error);
  } finally {
    // On a full disk the file is made and stays empty.
    tryToRemove(file);
  }
}

function tryToRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where nothing can be made, nothing can be removed: what was found is said already.
  }
}
