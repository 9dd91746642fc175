import { describe, expect, it } from 'vitest';
import { smb1Off } from '#collector/baselines/rules/smb1-off.ts';
import { judgeRule } from '../judge-rule.ts';

const cases = [
  { value: 'off', want: ['pass', 'SMB 1 is off'] },
  { value: 'on', want: ['fail', 'SMB 1 is on'] },
  { value: 'not_applicable', want: ['not_applicable', 'The machine does not have this function'] },
  { value: 'unknown', want: ['unknown', 'The setting SMB 1 could not be read'] },
] as const;

describe('smb1-off', () => {
  it.each(cases)('says $want.0 when the setting is $value', ({ value, want }) => {
    const hardening = { autorun: 'unknown', screenLock: 'unknown', smb1: value } as const;
    const { verdict, text } = judgeRule(smb1Off, { hardening });
    expect([verdict, text]).toEqual(want);
  });
});
