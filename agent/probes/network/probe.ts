import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxNetwork } from './linux.ts';
import { readMacosNetwork } from './macos.ts';
import { readWindowsNetwork } from './windows.ts';

/** Looks at the interfaces and the way out; files of `/proc` show no change, so it looks for every report. */
export const networkProbe: Probe<'network'> = {
  id: 'network',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Host name, interfaces with their addresses, default gateways, name servers; no names of wireless networks',
  deadlineMs: 10_000,
  refresh: 900_000,
  watch: ['/etc/resolv.conf'],
  watchCommands: ['reg-tcpip-addresses'],
  async read(host) {
    return readerFor(host, { linux: readLinuxNetwork, win32: readWindowsNetwork, darwin: readMacosNetwork })(host);
  },
};
