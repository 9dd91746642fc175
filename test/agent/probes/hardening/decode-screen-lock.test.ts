import { describe, expect, it } from 'vitest';
import { decodeScreenLock, type UserScreenSaver } from '#agent/probes/hardening/decode-screen-lock.ts';

const LOCKING = { active: 1, secure: 1, timeout: 600, program: 'C:\\Windows\\system32\\scrnsave.scr' };

function user(own: UserScreenSaver['own'], policy: UserScreenSaver['policy'] = {}): UserScreenSaver {
  return { own, policy };
}

const on = (screenLockAfterSeconds: number) => ({ screenLock: 'on', screenLockAfterSeconds });
const OFF = { screenLock: 'off' };
const UNKNOWN = { screenLock: 'unknown' };

const cases = [
  ['the machine locks everybody', { inactivitySeconds: 900, users: [user({ active: 1 })] }, on(900)],
  ['the machine locks and nobody is logged on', { inactivitySeconds: 900, users: [] }, on(900)],
  ['the screen saver is faster than the machine', { inactivitySeconds: 900, users: [user(LOCKING)] }, on(600)],
  ['the limit of the machine is 0, which is never', { inactivitySeconds: 0, users: [user(LOCKING)] }, on(600)],
  ['a policy of the user is slower than the own time', { users: [user(LOCKING, { timeout: 1_200 })] }, on(1_200)],
  ['a policy makes the saver ask', { users: [user({ ...LOCKING, secure: 0 }, { secure: 1 })] }, on(600)],
  ['one of two waits longer', { users: [user(LOCKING), user({ ...LOCKING, timeout: 1_800 })] }, on(1_800)],
  ['one of two never locks', { users: [user(LOCKING), user({ active: 1 })] }, OFF],
  ['the saver does not ask', { users: [user({ ...LOCKING, secure: 0 })] }, OFF],
  ['the saver is switched off', { users: [user({ ...LOCKING, active: 0 })] }, OFF],
  ['the saver has no time', { users: [user({ ...LOCKING, timeout: 0 })] }, OFF],
  ['no saver is chosen', { users: [user({ active: 1, secure: 1, timeout: 600 })] }, OFF],
  ['nobody is logged on', { users: [] }, UNKNOWN],
  ['the hive of somebody else is hidden', { users: [user(LOCKING)], hiddenUserCount: 1 }, UNKNOWN],
  ['one is hidden and another never locks', { users: [user({})], hiddenUserCount: 1 }, OFF],
  [
    'the machine locks, and one who is hidden may be faster',
    { inactivitySeconds: 900, users: [user(LOCKING)], hiddenUserCount: 1 },
    on(900),
  ],
] as const;

describe('decodeScreenLock()', () => {
  it.each(cases)('decides when %s', (_when, facts, want) => {
    expect(decodeScreenLock({ hiddenUserCount: 0, ...facts })).toEqual(want);
  });
});
