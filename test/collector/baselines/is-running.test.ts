import { describe, expect, it } from 'vitest';
import { isRunning } from '#collector/baselines/is-running.ts';

const exception = {
  id: 'e1',
  agencyCode: 'H47.12',
  ruleId: 'firewall-on',
  reason: 'r',
  document: 'd',
  firstDay: '2026-01-10',
  lastDay: '2026-03-31',
  grantedAtMs: 5,
  grantedBy: 'admin-1',
};

describe('isRunning()', () => {
  it('holds on its first and its last day, and not on the day it was ended', () => {
    const days = ['2026-01-09', '2026-01-10', '2026-03-31', '2026-04-01'];
    expect(days.map((day) => isRunning(exception, day))).toEqual([false, true, true, false]);
    const ended = { ...exception, ended: { on: '2026-02-01', atMs: 6, by: 'admin-1' } };
    expect(['2026-01-31', '2026-02-01'].map((day) => isRunning(ended, day))).toEqual([true, false]);
  });
});
