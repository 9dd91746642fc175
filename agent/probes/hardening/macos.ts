import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { readPlist } from '../read-plist.ts';
import { offersSmb1 } from './parse-nsmb-conf.ts';

type Hardening = Observation<'hardening'>;

/** Written by a configuration profile; without one there is no such file. */
const SCREENSAVER = '/Library/Managed Preferences/com.apple.screensaver.plist';
/** Which services launchd may not start, against what their own files say; true is off. */
const DISABLED_SERVICES = '/var/db/com.apple.xpc.launchd/disabled.plist';

const services = z.object({ 'com.apple.smbd': z.boolean().default(true) });

const screensaver = z.object({
  askForPassword: z.union([z.boolean(), z.number()]).optional(),
  askForPasswordDelay: z.number().nonnegative().max(86_400_000).default(0),
  idleTime: z.number().nonnegative().max(86_400_000).optional(),
});

/**
 * Reads the hardening settings of a Mac that hold for everybody; what each user may choose is `unknown`, as the agent
 * does not read the files of people.
 *
 * macOS starts nothing from media that are put in.
 */
export async function readMacosHardening(host: Host): Promise<Hardening> {
  return { smb1: await readSmb1(host), autorun: 'not_applicable', ...(await readScreenLock(host)) };
}

/**
 * `on` when the client would speak SMB 1 with a server that knows nothing newer, which it does unless nsmb.conf(5)
 * forbids it. `off` needs a file server that is off as well: Apple does not say which versions it speaks.
 */
async function readSmb1(host: Host): Promise<Hardening['smb1']> {
  if (offersSmb1((await absentWhen(UNREADABLE, host.readText('/etc/nsmb.conf'))) ?? '')) return 'on';
  const disabled = services.safeParse(await absentWhen(UNREADABLE, readPlist(host, DISABLED_SERVICES)));
  return disabled.data?.['com.apple.smbd'] === true ? 'off' : 'unknown';
}

/** Seconds until the screen saver starts, and until a password is asked after that. */
async function readScreenLock(host: Host): Promise<Pick<Hardening, 'screenLock' | 'screenLockAfterSeconds'>> {
  const profile = await absentWhen(UNREADABLE, readPlist(host, SCREENSAVER, 'plutil-screensaver'));
  const { askForPassword, askForPasswordDelay = 0, idleTime } = screensaver.safeParse(profile).data ?? {};
  if (askForPassword === undefined) return { screenLock: 'unknown' };
  if (!askForPassword || idleTime === 0) return { screenLock: 'off' };
  if (idleTime === undefined) return { screenLock: 'on' };
  return { screenLock: 'on', screenLockAfterSeconds: Math.ceil(idleTime + askForPasswordDelay) };
}
