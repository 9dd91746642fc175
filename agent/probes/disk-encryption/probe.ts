import type { Probe } from '../probe.ts';
import { readerFor } from '../reader-for.ts';
import { readLinuxDiskEncryption } from './linux.ts';
import { readMacosDiskEncryption } from './macos.ts';
import { readWindowsDiskEncryption } from './windows.ts';

/** Looks at whether the fixed volumes are encrypted. */
export const diskEncryptionProbe: Probe<'disk-encryption'> = {
  id: 'disk-encryption',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Whether the volumes of the system and of the users are encrypted, and how',
  deadlineMs: 10_000,
  refresh: 'inventory',
  async read(host) {
    return readerFor(host, {
      linux: readLinuxDiskEncryption,
      win32: readWindowsDiskEncryption,
      darwin: readMacosDiskEncryption,
    })(host);
  },
};
