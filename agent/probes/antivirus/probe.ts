import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxAntivirus } from './linux.ts';
import { readMacosAntivirus } from './macos.ts';
import { readWindowsAntivirus } from './windows.ts';

/** Looks at the products that protect against malware and asks those that answer. */
export const antivirusProbe: Probe<'antivirus'> = {
  id: 'antivirus',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt:
    'Products against malware: whether they are there, run, protect while files are used, and how old their signatures are',
  deadlineMs: 15_000,
  refresh: 900_000,
  watchCommands: ['reg-antivirus-providers', 'reg-defender-policy', 'reg-defender-real-time'],
  watch: [
    '/run/clamav',
    '/run/clamd.scan',
    '/var/lib/clamav',
    '/Library/Receipts/InstallHistory.plist',
    '/var/protected/xprotect',
  ],
  async read(host, context) {
    return readerFor(host, { linux: readLinuxAntivirus, win32: readWindowsAntivirus, darwin: readMacosAntivirus })(
      host,
      context,
    );
  },
};
