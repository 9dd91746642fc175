import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxAntivirus } from './linux.ts';

/** Looks at the products that protect against malware and asks those that answer. */
export const antivirusProbe: Probe<'antivirus'> = {
  id: 'antivirus',
  platforms: ['linux'],
  looksAt:
    'Products against malware: whether they are there, run, protect while files are used, and how old their signatures are',
  deadlineMs: 15_000,
  refresh: 900_000,
  watch: ['/run/clamav', '/run/clamd.scan', '/var/lib/clamav'],
  async read(host, context) {
    return readerFor(host, { linux: readLinuxAntivirus })(host, context);
  },
};
