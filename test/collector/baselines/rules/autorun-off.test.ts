import { describe, expect, it } from 'vitest';
import { autorunOff } from '#collector/baselines/rules/autorun-off.ts';
import { judgeRule } from '../judge-rule.ts';

const cases = [
  { value: 'off', want: ['pass', 'Autorun of removable media is off'] },
  { value: 'on', want: ['fail', 'Autorun of removable media is on'] },
  { value: 'not_applicable', want: ['not_applicable', 'The machine does not have this function'] },
  { value: 'unknown', want: ['unknown', 'The setting autorun could not be read'] },
] as const;

describe('autorun-off', () => {
  it.each(cases)('says $want.0 when the setting is $value', ({ value, want }) => {
    const hardening = { smb1: 'unknown', screenLock: 'unknown', autorun: value } as const;
    const { verdict, text } = judgeRule(autorunOff, { hardening });
    expect([verdict, text]).toEqual(want);
  });
});
