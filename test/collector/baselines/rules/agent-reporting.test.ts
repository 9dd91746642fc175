import { describe, expect, it } from 'vitest';
import { agentReporting } from '#collector/baselines/rules/agent-reporting.ts';
import { judgeRule } from '../judge-rule.ts';

const cases: { when: string; lastSeen: string; at: string; want: [string, string, string?] }[] = [
  {
    when: 'it reported on Friday morning and it is Sunday',
    lastSeen: '2026-11-20T01:00:00Z',
    at: '2026-11-22T12:00:00Z',
    want: ['pass', 'Last report on 20/11/2026, at most 3 working days of silence allowed', '2026-11-25T01:00:00.001Z'],
  },
  {
    when: 'it reported on Tuesday and it is Friday, three working days later to the millisecond',
    lastSeen: '2026-11-17T01:00:00Z',
    at: '2026-11-20T01:00:00Z',
    want: ['pass', 'Last report on 17/11/2026, at most 3 working days of silence allowed', '2026-11-20T01:00:00.001Z'],
  },
  {
    when: 'it is a millisecond later',
    lastSeen: '2026-11-17T01:00:00Z',
    at: '2026-11-20T01:00:00.001Z',
    want: ['fail', 'Last report on 17/11/2026, more than 3 working days ago'],
  },
  {
    when: 'Tết lies between',
    lastSeen: '2026-02-13T03:00:00Z',
    at: '2026-02-23T01:00:00Z',
    want: ['pass', 'Last report on 13/02/2026, at most 3 working days of silence allowed', '2026-02-25T03:00:00.001Z'],
  },
];

describe('agent-reporting', () => {
  it.each(cases)('says $want.0 when $when', ({ lastSeen, at, want }) => {
    const machine = { lastSeenAtMs: Date.parse(lastSeen) };
    const { verdict, text, until } = judgeRule(agentReporting, {}, { machine, at });
    expect(until === undefined ? [verdict, text] : [verdict, text, until]).toEqual(want);
  });
});
