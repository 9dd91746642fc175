import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startProcess } from '../../child-process.ts';
import { freshFolder } from '../collector-process.ts';
import { endAfterwards } from '../leftovers.ts';
import { replaceSystemFile } from './system-file.ts';

/** Something in the place of Microsoft Defender whose program never answers. */
export interface HungMdatp {
  /** Waits until the agent has asked it, and kills what it asked. */
  killWhenAsked(): Promise<void>;
  /** Takes it off the machine again. */
  remove(): Promise<void>;
}

/**
 * Installs a program that sleeps where the antivirus probe looks for Microsoft Defender's, and a process of the name of
 * its daemon.
 */
export function installHungMdatp(): HungMdatp {
  const folder = freshFolder('mdatp');
  const pidFile = join(folder, 'pid');
  const daemonFile = join(folder, 'wdavdaemon');
  copyFileSync('/usr/bin/sleep', daemonFile);
  chmodSync(daemonFile, 0o755);
  const daemon = endAfterwards(startProcess(['600'], { program: daemonFile }));
  const restore = replaceSystemFile('/usr/bin/mdatp', `#!/bin/sh\necho $$ >'${pidFile}'\nexec sleep 60\n`, 0o755);
  return {
    killWhenAsked: async () => {
      rmSync(pidFile, { force: true });
      const asked = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
      await expect.poll(asked, { timeout: 60_000, interval: 50 }).toBeGreaterThan(0);
      process.kill(asked(), 'SIGKILL');
    },
    remove: async () => {
      restore();
      daemon.stop();
      await daemon.ended;
    },
  };
}
