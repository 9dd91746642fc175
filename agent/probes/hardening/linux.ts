import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { readDesktopSettings } from './read-desktop-settings.ts';
import { readRootPasswordLogin } from './read-root-password-login.ts';
import { readSmb1 } from './read-smb1.ts';

/**
 * Reads the hardening settings of a Linux machine from its configuration files.
 *
 * Only what the administrator settled for everybody counts: what each user may choose is `unknown`, as the agent
 * does not read the files of people.
 */
export async function readLinuxHardening(host: Host): Promise<Observation<'hardening'>> {
  const smb1 = await readSmb1(host);
  const desktop = await readDesktopSettings(host);
  const rootPasswordLogin = await readRootPasswordLogin(host);
  return { smb1, ...desktop, rootPasswordLogin };
}
