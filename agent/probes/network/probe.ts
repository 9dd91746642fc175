import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxNetwork } from './linux.ts';

/** Looks at the interfaces and the way out; files of `/proc` show no change, so it looks for every report. */
export const networkProbe: Probe<'network'> = {
  id: 'network',
  platforms: ['linux'],
  looksAt: 'Host name, interfaces with their addresses, default gateways, name servers; no names of wireless networks',
  deadlineMs: 10_000,
  refresh: 900_000,
  watch: ['/etc/resolv.conf'],
  async read(host) {
    return readerFor(host, { linux: readLinuxNetwork })(host);
  },
};
