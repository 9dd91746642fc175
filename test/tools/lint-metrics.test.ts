import { describe, expect, it } from 'vitest';
import type { LintedFamily } from './lint-metrics.ts';
import { lintFamily, seriesAtBudget } from './lint-metrics.ts';

const GOOD: LintedFamily = {
  metric: 'tramdo_machines',
  help: 'Machines by kind, retired ones left out.',
  labels: ['agency', 'kind'],
  seriesPerAgency: 5,
};

describe('lintFamily()', () => {
  it('finds nothing wrong with a family that follows the practice', () => {
    expect(lintFamily(GOOD)).toEqual([]);
  });

  it('takes a capacity in bytes per second', () => {
    expect(lintFamily({ ...GOOD, metric: 'tramdo_line_bytes_per_second' })).toEqual([]);
  });

  it.each([
    { change: { metric: 'agent_lag' }, want: 'the name must begin with tramdo_' },
    { change: { metric: 'tramdo_Lag' }, want: 'the name must be snake_case' },
    { change: { metric: 'tramdo_lag_ms' }, want: 'the unit must be a base unit: seconds, bytes, ratio' },
    { change: { metric: 'tramdo_seconds_lag' }, want: 'the unit must be the last word' },
    { change: { metric: 'tramdo_reports_total' }, want: '_total belongs to counters, to all and only them' },
    { change: { kind: 'counter' as const }, want: '_total belongs to counters, to all and only them' },
    { change: { metric: 'tramdo_machine_count' }, want: '_count, _sum and _bucket belong to the series of histograms' },
    { change: { help: 'Age of the report, in seconds.' }, want: 'the name must say the unit, seconds' },
    { change: { help: 'Two. Sentences.' }, want: 'the help must be one sentence that ends in a full stop' },
    { change: { help: 'No full stop' }, want: 'the help must be one sentence that ends in a full stop' },
    { change: { help: 'Machines.' }, want: 'the help must say more than the name' },
    { change: { labels: ['agency', 'job'] }, want: 'the label job is taken by Prometheus or hides a second metric' },
    { change: { labels: [] }, want: 'a family without a label shows 0 before anything is known' },
    { change: { seriesPerAgency: 0 }, want: 'seriesPerAgency must say how many series an agency causes' },
  ])('says "$want" of $change', ({ change, want }) => {
    const family = { ...GOOD, ...change };
    expect(lintFamily(family)).toContain(`${family.metric}: ${want}`);
  });
});

describe('seriesAtBudget()', () => {
  it('adds up the series of 300 agencies', () => {
    expect(seriesAtBudget([GOOD, { ...GOOD, seriesPerAgency: 2 }])).toBe(2_100);
  });
});
