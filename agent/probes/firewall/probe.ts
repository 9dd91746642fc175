import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxFirewall } from './linux.ts';
import { readMacosFirewall } from './macos.ts';
import { readWindowsFirewall } from './windows.ts';

/** Looks at the packet filter of the machine itself. */
export const firewallProbe: Probe<'firewall'> = {
  id: 'firewall',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Which firewall of the machine itself is in force, and what it does with packets that no rule speaks of',
  deadlineMs: 15_000,
  refresh: 'inventory',
  watchCommands: ['reg-firewall-policy', 'reg-firewall-profiles'],
  watch: [
    '/etc/ufw/ufw.conf',
    '/etc/ufw/user.rules',
    '/etc/firewalld/zones',
    '/etc/nftables.conf',
    '/Library/Preferences/com.apple.alf.plist',
    '/etc/pf.conf',
  ],
  async read(host) {
    return readerFor(host, { linux: readLinuxFirewall, win32: readWindowsFirewall, darwin: readMacosFirewall })(host);
  },
};
