import { describe, expect, it } from 'vitest';
import { screenLock } from '#collector/baselines/rules/screen-lock.ts';
import { judgeRule } from '../judge-rule.ts';

const cases = [
  { value: 'on', seconds: 900, want: ['pass', 'The screen locks after 15 min, at most 15 allowed'] },
  { value: 'on', seconds: 901, want: ['fail', 'The screen locks after 15.1 min, at most 15 allowed'] },
  { value: 'on', seconds: undefined, want: ['unknown', 'The screen locks, but it is not known after how long'] },
  { value: 'off', seconds: 300, want: ['fail', 'The screen does not lock by itself'] },
  { value: 'not_applicable', seconds: undefined, want: ['not_applicable', 'The machine does not have this function'] },
  { value: 'unknown', seconds: undefined, want: ['unknown', 'The setting screen lock could not be read'] },
] as const;

describe('screen-lock', () => {
  it.each(cases)('says $want.0 when the lock is $value after $seconds s', ({ value, seconds, want }) => {
    const delay = seconds === undefined ? {} : { screenLockAfterSeconds: seconds };
    const hardening = { smb1: 'off', autorun: 'off', screenLock: value, ...delay } as const;
    const { verdict, text } = judgeRule(screenLock, { hardening });
    expect([verdict, text]).toEqual(want);
  });
});
