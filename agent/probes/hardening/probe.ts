import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxHardening } from './linux.ts';
import { readMacosHardening } from './macos.ts';
import { readWindowsHardening } from './windows.ts';

/** Looks at settings that make the machine harder to attack. */
export const hardeningProbe: Probe<'hardening'> = {
  id: 'hardening',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt:
    'Whether SMB 1 is offered, media start programs, sessions and accounts lock, TPM and Secure Boot are on, and root may log in with a password',
  deadlineMs: 10_000,
  refresh: 'inventory',
  watchCommands: ['reg-loaded-users'],
  watch: [
    '/etc/samba/smb.conf',
    '/etc/ssh/sshd_config',
    '/etc/ssh/sshd_config.d',
    '/etc/dconf/db',
    '/etc/nsmb.conf',
    '/Library/Managed Preferences/com.apple.screensaver.plist',
  ],
  async read(host, context) {
    return readerFor(host, { linux: readLinuxHardening, win32: readWindowsHardening, darwin: readMacosHardening })(
      host,
      context,
    );
  },
};
