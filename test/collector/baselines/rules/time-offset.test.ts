import { describe, expect, it } from 'vitest';
import { timeOffset } from '#collector/baselines/rules/time-offset.ts';
import { judgeRule } from '../judge-rule.ts';

const cases: { when: string; said?: number; measuredMs?: number; want: [string, string] }[] = [
  {
    when: 'the time service says 60 s',
    said: 60,
    measuredMs: 2_000,
    want: ['pass', 'The clock is 60 s off (says chrony), within the 60 allowed'],
  },
  {
    when: 'the time service is content and the collector sees an hour',
    said: 0,
    measuredMs: 3_600_000,
    want: ['fail', 'The clock is 3600 s off (says collector), at most 60 allowed'],
  },
  {
    when: 'the time service says 61 s behind',
    said: -61,
    measuredMs: 0,
    want: ['fail', 'The clock is -61 s off (says chrony), at most 60 allowed'],
  },
  {
    when: 'only the collector can tell, and it is right',
    measuredMs: -1_400,
    want: ['pass', 'The clock is -1 s off (says collector), within the 60 allowed'],
  },
  {
    when: 'only the collector can tell, and it is a year off',
    measuredMs: 31_536_000_000,
    want: ['fail', 'The clock is 31536000 s off (says collector), at most 60 allowed'],
  },
  { when: 'nobody can tell', want: ['unknown', 'It is not known how far the clock is off'] },
];

describe('time-offset', () => {
  it.each(cases)('says $want.0 when $when', ({ said, measuredMs, want }) => {
    const time = { service: 'chrony' as const, ...(said === undefined ? {} : { offsetSeconds: said }) };
    const { verdict, text } = judgeRule(timeOffset, { time }, { machine: { clockOffsetMs: measuredMs } });
    expect([verdict, text]).toEqual(want);
  });
});
