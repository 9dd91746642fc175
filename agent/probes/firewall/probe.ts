import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxFirewall } from './linux.ts';

/** Looks at the packet filter of the machine itself. */
export const firewallProbe: Probe<'firewall'> = {
  id: 'firewall',
  platforms: ['linux'],
  looksAt: 'Which firewall of the machine itself is in force, and what it does with packets that no rule speaks of',
  deadlineMs: 15_000,
  refresh: 'inventory',
  watch: ['/etc/ufw/ufw.conf', '/etc/ufw/user.rules', '/etc/firewalld/zones', '/etc/nftables.conf'],
  async read(host) {
    return readerFor(host, { linux: readLinuxFirewall })(host);
  },
};
