import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxUpdates } from './linux.ts';
import { readMacosUpdates } from './macos.ts';
import { readWindowsUpdates } from './windows.ts';

/** Looks at how current the system's packages are, and at once when packages, lists or the wish for a restart change. */
export const updatesProbe: Probe<'updates'> = {
  id: 'updates',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Last installation of updates, last look for them, how many wait, and whether a restart is needed',
  deadlineMs: 150_000,
  refresh: 'inventory',
  watch: [
    '/var/lib/dpkg/status',
    '/var/lib/apt/lists',
    '/var/lib/rpm/rpmdb.sqlite',
    '/var/run/reboot-required',
    '/Library/Receipts/InstallHistory.plist',
  ],
  watchCommands: ['reg-cbs-reboot-pending', 'reg-update-reboot-required'],
  async read(host, { previous }) {
    return readerFor(host, { linux: readLinuxUpdates, win32: readWindowsUpdates, darwin: readMacosUpdates })(
      host,
      previous,
    );
  },
};
