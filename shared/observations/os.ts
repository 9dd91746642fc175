import * as z from 'zod';
import { instant } from '../instant.ts';

/** Which operating system runs; the collector's catalogue knows until when it is supported. */
export const os = z.object({
  family: z.enum(['linux', 'windows', 'macos']),
  id: z.string().max(64).describe('Short id: ID of os-release(5), `windows`, `windows-server` or `macos`'),
  name: z.string().max(128).describe('Name as the vendor writes it'),
  version: z.string().max(64).describe('VERSION_ID of os-release(5), `22H2`, `14.5`; empty when there is none'),
  build: z.string().max(64).optional().describe('Kernel release on Linux, build number elsewhere'),
  edition: z.string().max(64).optional().describe('Edition where one version has several life cycles'),
  architecture: z.string().max(16).describe('As `uname -m` prints it: x86_64, aarch64, i686'),
  installedAt: instant.optional().describe('When the system was installed'),
  displayLanguage: z.string().max(32).optional().describe('Language of the system, BCP 47'),
});
