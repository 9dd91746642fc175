import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxTime } from './linux.ts';
import { readMacosTime } from './macos.ts';
import { readWindowsTime } from './windows.ts';

/** Looks at what sets the clock, every hour. */
export const timeProbe: Probe<'time'> = {
  id: 'time',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Which service sets the clock, from which source, how far it is off, and the time zone',
  deadlineMs: 10_000,
  refresh: 3_600_000,
  watch: ['/etc/localtime', '/etc/ntp.conf'],
  async read(host) {
    return readerFor(host, { linux: readLinuxTime, win32: readWindowsTime, darwin: readMacosTime })(host);
  },
};
