import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxHardware } from './linux.ts';
import { readMacosHardware } from './macos.ts';
import { readWindowsHardware } from './windows.ts';

/** Looks at the machine itself: maker, case, processor, memory and fixed disks. */
export const hardwareProbe: Probe<'hardware'> = {
  id: 'hardware',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Maker, model, serial number, kind of case, firmware, processor, memory and fixed disks',
  deadlineMs: 30_000,
  refresh: 'inventory',
  async read(host) {
    return readerFor(host, { linux: readLinuxHardware, win32: readWindowsHardware, darwin: readMacosHardware })(host);
  },
};
