import type { Platform } from '#shared/enrolment.ts';

/** Node's name of the operating system the agent runs on; every system but Windows and macOS is taken for Linux. */
export function currentPlatform(): Platform {
  if (process.platform === 'win32' || process.platform === 'darwin') return process.platform;
  return 'linux';
}
