import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { parseKeyfile } from './parse-keyfile.ts';
import { type LockedSettings, readLockedSettings } from './read-dconf.ts';

type DesktopSettings = Pick<Observation<'hardening'>, 'autorun' | 'screenLock' | 'screenLockAfterSeconds'>;
type ScreenLock = Pick<DesktopSettings, 'screenLock' | 'screenLockAfterSeconds'>;

/** Where the sessions a person may choose at login are listed. */
const SESSION_FOLDERS = ['/usr/share/wayland-sessions', '/usr/share/xsessions'];

/** Beginnings of the names of sessions that follow GNOME's settings, and of those of KDE. */
const GNOME_SESSION = /^(?:gnome|ubuntu)/;
const KDE_SESSION = /^plasma/;

/**
 * Reads what the administrator settled for every desktop session that is installed; a person may choose any of them.
 *
 * Sessions of other desktops keep these settings with each user: unknown.
 */
export async function readDesktopSettings(host: Host): Promise<DesktopSettings> {
  const folders = await Promise.all(SESSION_FOLDERS.map((folder) => host.listDir(folder)));
  const sessions = folders.flatMap((names) => names ?? []).filter((name) => name.endsWith('.desktop'));
  if (sessions.length === 0) return { autorun: 'not_applicable', screenLock: 'not_applicable' };
  const locked = await readLockedSettings(host);
  const isAllGnome = sessions.every((name) => GNOME_SESSION.test(name));
  const isAllKde = sessions.every((name) => KDE_SESSION.test(name));
  if (isAllGnome) return { autorun: gnomeAutorun(locked), ...gnomeScreenLock(locked) };
  return { autorun: 'unknown', ...(isAllKde ? await readKdeScreenLock(host) : { screenLock: 'unknown' as const }) };
}

function gnomeAutorun(locked: LockedSettings): DesktopSettings['autorun'] {
  const never = locked.get('org/gnome/desktop/media-handling/autorun-never');
  if (never === 'true') return 'off';
  return never === 'false' ? 'on' : 'unknown';
}

/** Seconds as GVariant text: `uint32 300`, `300`. */
function secondsOf(text: string | undefined): number | undefined {
  const digits = /^(?:uint32 +)?([0-9]{1,9})$/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The session goes idle after `idle-delay` and locks `lock-delay` later; an idle delay of 0 means never. */
function gnomeScreenLock(locked: LockedSettings): ScreenLock {
  const isLocking = locked.get('org/gnome/desktop/screensaver/lock-enabled');
  const idleSeconds = secondsOf(locked.get('org/gnome/desktop/session/idle-delay'));
  const delaySeconds = secondsOf(locked.get('org/gnome/desktop/screensaver/lock-delay'));
  if (isLocking === 'false' || idleSeconds === 0) return { screenLock: 'off' };
  if (isLocking !== 'true' || idleSeconds === undefined) return { screenLock: 'unknown' };
  return {
    screenLock: 'on',
    ...(delaySeconds === undefined ? {} : { screenLockAfterSeconds: idleSeconds + delaySeconds }),
  };
}

/** KDE's screen locker as the system's file fixes it (`[$i]` on the group or the key); Timeout is in minutes. */
async function readKdeScreenLock(host: Host): Promise<ScreenLock> {
  const settings = parseKeyfile((await host.readText('/etc/xdg/kscreenlockerrc')) ?? '');
  const fixed = (key: string) =>
    settings.get(`Daemon/${key}[$i]`) ?? settings.get(`Daemon][$i/${key}`) ?? settings.get(`Daemon][$i/${key}[$i]`);
  const isLocking = fixed('Autolock');
  const minutes = secondsOf(fixed('Timeout'));
  if (isLocking === 'false' || minutes === 0) return { screenLock: 'off' };
  if (isLocking !== 'true') return { screenLock: 'unknown' };
  const graceSeconds = secondsOf(fixed('LockGrace'));
  const isComplete = minutes !== undefined && graceSeconds !== undefined;
  return {
    screenLock: 'on',
    ...(isComplete ? { screenLockAfterSeconds: minutes * 60 + graceSeconds } : {}),
  };
}
