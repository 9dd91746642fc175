import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../collector-process.ts';
import { betweenReports } from './between-reports.ts';

/** A disk of its own that can be filled to the last page. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no space. */
  fill(): void;
  /** Gives back what {@link SmallDisk.fill} took. */
  free(): void;
}

const mounted = new Set<string>();

/** Mounts a disk of so many KiB; only root can. */
export function mountSmallDisk(sizeKib: number): SmallDisk {
  if (process.getuid?.() !== 0) throw new Error('Only root can mount a small disk: run the test as root');
  const folder = freshFolder('disk');
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k`, 'tmpfs', folder]);
  mounted.add(folder);
  const filler = join(folder, 'filler');
  return { folder, fill: () => writeUntilFull(filler), free: () => rmSync(filler, { force: true }) };
}

/**
 * Fills the disk of a resident agent while no report is under way: one that was would give space back at its end, or be
 * taken by the collector and not be noted, and then be sent twice.
 */
export async function fillBetweenReports(disk: SmallDisk, stateFolder: string): Promise<void> {
  await betweenReports(stateFolder);
  disk.fill();
}

/** Takes every small disk out of the tree, before its folder is removed; what still runs on one keeps it until it ends. */
export function unmountSmallDisks(): void {
  for (const folder of mounted) execFileSync('umount', ['--lazy', folder]);
  mounted.clear();
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'a');
  const page = Buffer.alloc(4_096, 'x');
  try {
    for (;;) writeSync(file, page);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}
