import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import { windowsNumber, windowsText } from '../windows-values.ts';

/** Values of a key `…\Control Panel\Desktop`; the registry keeps them as texts of digits. */
export const screenSaver = z.object({
  active: windowsNumber.describe('ScreenSaveActive'),
  secure: windowsNumber.describe('ScreenSaverIsSecure'),
  timeout: windowsNumber.describe('ScreenSaveTimeOut, in seconds'),
  program: windowsText.describe('SCRNSAVE.EXE'),
});

/** See {@link screenSaver}. */
export type ScreenSaver = Partial<z.infer<typeof screenSaver>>;

/** The screen saver of one person who is logged on. */
export interface UserScreenSaver {
  readonly own: ScreenSaver;
  /** What a policy sets for that person; each of its values wins. */
  readonly policy: ScreenSaver;
}

/** What decides on the lock of the sessions. */
export interface ScreenLockFacts {
  /** InactivityTimeoutSecs of the machine, in seconds; 0 is never. */
  readonly inactivitySeconds?: number | undefined;
  readonly users: readonly UserScreenSaver[];
  /** People whose hives may not be read. */
  readonly hiddenUserCount: number;
}

/**
 * Tells whether idle sessions lock, and after how long for the one that stays open the longest.
 *
 * The machine's own limit locks everybody. Without it a session locks when its screen saver is switched on, asks for the
 * password, has a time, and names a program (without one the settings have no effect, says its policy). `unknown` when
 * nobody is logged on or somebody's hive is hidden; what locks a session that sleeps or is left is not counted.
 */
export function decodeScreenLock({
  inactivitySeconds = 0,
  users,
  hiddenUserCount,
}: ScreenLockFacts): Pick<Observation<'hardening'>, 'screenLock' | 'screenLockAfterSeconds'> {
  const machineSeconds = inactivitySeconds > 0 ? inactivitySeconds : Number.POSITIVE_INFINITY;
  const userSeconds = users.map((user) => Math.min(machineSeconds, lockSeconds(user)));
  const isComplete = users.length > 0 && hiddenUserCount === 0;
  const longest = isComplete ? Math.max(...userSeconds) : machineSeconds;
  if (Number.isFinite(longest)) return { screenLock: 'on', screenLockAfterSeconds: longest };
  return { screenLock: isComplete || userSeconds.some((seconds) => !Number.isFinite(seconds)) ? 'off' : 'unknown' };
}

/** Idle time until a person's screen saver locks the session, in seconds; Infinity when it never does. */
function lockSeconds({ own, policy }: UserScreenSaver): number {
  const timeout = policy.timeout ?? own.timeout ?? 0;
  const isLocking =
    (policy.active ?? own.active) === 1 &&
    (policy.secure ?? own.secure) === 1 &&
    (policy.program ?? own.program) !== undefined &&
    timeout > 0;
  return isLocking ? timeout : Number.POSITIVE_INFINITY;
}
