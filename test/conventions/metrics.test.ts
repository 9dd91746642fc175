import { describe, expect, it } from 'vitest';
import { METRIC_FAMILIES } from '#collector/metrics/index.ts';
import { MACHINE_FAMILIES } from '#collector/metrics/machine-families.ts';
import { BUDGET_AGENCIES, lintFamily, SERIES_BUDGET, seriesAtBudget } from '../tools/lint-metrics.ts';
import { expectNone } from './expect-none.ts';

describe('metrics', () => {
  it('follow the practice of Prometheus', () => {
    const ofMachines = MACHINE_FAMILIES.map((family) => ({ ...family, seriesPerAgency: 1 }));
    expectNone([...METRIC_FAMILIES, ...ofMachines].flatMap(lintFamily), {
      reason: 'promtool passes a missing prefix, unit or full stop, and a name can never be changed once it is scraped',
      fix: 'tramdo_ first, base unit last, _total for counters, a help of one sentence that says more than the name',
    });
  });

  it(`stay within ${SERIES_BUDGET} series with ${BUDGET_AGENCIES} agencies`, () => {
    expect(
      seriesAtBudget(METRIC_FAMILIES),
      'The page is scraped every 15 s and must not grow without a decision.\n' +
        'Fix: drop a label, or raise SERIES_BUDGET in test/tools/lint-metrics.ts and say why in the commit',
    ).toBeLessThanOrEqual(SERIES_BUDGET);
  });
});
