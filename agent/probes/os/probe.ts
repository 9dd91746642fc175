import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxOs } from './linux.ts';

/** Looks at the operating system: which one, which version, since when. */
export const osProbe: Probe<'os'> = {
  id: 'os',
  platforms: ['linux'],
  looksAt: 'Operating system, version, kernel or build, architecture, date of installation, language',
  deadlineMs: 10_000,
  refresh: 'inventory',
  watch: ['/etc/os-release', '/usr/lib/os-release'],
  async read(host) {
    return readerFor(host, { linux: readLinuxOs })(host);
  },
};
