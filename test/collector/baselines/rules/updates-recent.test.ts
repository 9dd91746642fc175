import { describe, expect, it } from 'vitest';
import { updatesRecent } from '#collector/baselines/rules/updates-recent.ts';
import type { Observation } from '#shared/observations/index.ts';
import { judgeRule } from '../judge-rule.ts';

type Updates = Omit<Observation<'updates'>, 'source'>;

const cases: { when: string; updates: Updates; want: [string, string, string?] }[] = [
  {
    when: 'updates were installed ten days ago',
    updates: { lastInstalledAt: '2026-11-12T12:00:00Z', pendingCount: 4 },
    want: [
      'pass',
      'Updates were last installed on 12/11/2026, at most 31 days ago allowed',
      '2026-12-13T12:00:00.001Z',
    ],
  },
  {
    when: 'nothing waits by fresh lists, though the last installation is old',
    updates: { lastInstalledAt: '2026-09-01T12:00:00Z', lastCheckedAt: '2026-11-22T06:00:00Z', pendingCount: 0 },
    want: ['pass', 'No update waits, by the lists of 22/11/2026', '2026-11-29T06:00:00.001Z'],
  },
  {
    when: 'nothing waits by old lists',
    updates: { lastInstalledAt: '2026-09-01T12:00:00Z', lastCheckedAt: '2026-11-15T11:00:00Z', pendingCount: 0 },
    want: ['fail', 'Updates were last installed on 01/09/2026, 82 days ago, at most 31 allowed'],
  },
  {
    when: 'updates wait since long',
    updates: { lastInstalledAt: '2026-09-01T12:00:00Z', lastCheckedAt: '2026-11-22T06:00:00Z', pendingCount: 7 },
    want: ['fail', 'Updates were last installed on 01/09/2026, 82 days ago, at most 31 allowed'],
  },
  {
    when: 'the installation is a minute too old and nothing else is known',
    updates: { lastInstalledAt: '2026-10-22T11:59:00Z' },
    want: ['fail', 'Updates were last installed on 22/10/2026, 31.1 days ago, at most 31 allowed'],
  },
  {
    when: 'no date is known and updates wait',
    updates: { lastCheckedAt: '2026-11-22T06:00:00Z', pendingCount: 7 },
    want: ['unknown', 'It is not known when updates were last installed (apt)'],
  },
  {
    when: 'no date is known and nothing waits by fresh lists',
    updates: { lastCheckedAt: '2026-11-22T06:00:00Z', pendingCount: 0 },
    want: ['pass', 'No update waits, by the lists of 22/11/2026', '2026-11-29T06:00:00.001Z'],
  },
  {
    when: 'nothing is known',
    updates: {},
    want: ['unknown', 'It is not known when updates were last installed (apt)'],
  },
];

describe('updates-recent', () => {
  it.each(cases)('says $want.0 when $when', ({ updates, want }) => {
    const { verdict, text, until } = judgeRule(updatesRecent, { updates: { source: 'apt', ...updates } });
    expect(until === undefined ? [verdict, text] : [verdict, text, until]).toEqual(want);
  });

  it('holds as long as the later of its two proofs', () => {
    const updates = {
      source: 'apt',
      lastInstalledAt: '2026-10-23T12:00:00Z',
      lastCheckedAt: '2026-11-22T06:00:00Z',
      pendingCount: 0,
    } as const;
    expect(judgeRule(updatesRecent, { updates }).until).toBe('2026-11-29T06:00:00.001Z');
  });
});
