import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxHardening } from './linux.ts';

/** Looks at settings that make the machine harder to attack. */
export const hardeningProbe: Probe<'hardening'> = {
  id: 'hardening',
  platforms: ['linux'],
  looksAt: 'Whether SMB 1 is offered, media start programs, the session locks, and root may log in with a password',
  deadlineMs: 10_000,
  refresh: 'inventory',
  watch: ['/etc/samba/smb.conf', '/etc/ssh/sshd_config', '/etc/ssh/sshd_config.d', '/etc/dconf/db'],
  async read(host) {
    return readerFor(host, { linux: readLinuxHardening })(host);
  },
};
