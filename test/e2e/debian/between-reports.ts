import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';

/** Waits until a resident agent has no report under way; the next one needs a while to begin. */
export async function betweenReports(stateFolder: string): Promise<void> {
  const { lockFile } = stateFolderAt(stateFolder);
  await expect.poll(() => existsSync(lockFile), { timeout: 30_000, interval: 5 }).toBe(false);
}
