import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxOs } from './linux.ts';
import { readMacosOs } from './macos.ts';
import { readWindowsOs } from './windows.ts';

/** Looks at the operating system: which one, which version, since when. */
export const osProbe: Probe<'os'> = {
  id: 'os',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Operating system, version, kernel or build, architecture, date of installation, language',
  deadlineMs: 10_000,
  refresh: 'inventory',
  watch: ['/etc/os-release', '/usr/lib/os-release', '/System/Library/CoreServices/SystemVersion.plist'],
  async read(host, { previous }) {
    return readerFor(host, { linux: readLinuxOs, win32: readWindowsOs, darwin: (one) => readMacosOs(one, previous) })(
      host,
    );
  },
};
