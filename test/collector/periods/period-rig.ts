import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { PeriodDesk, type PeriodDeskParts } from '#collector/periods/period-desk.ts';
import { openStore } from '#collector/store/open-store.ts';
import type { Store } from '#collector/store/store.ts';
import { facts, group } from '../indicators/province.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

/** Thursday 1 October 2026, 08:00 in Viet Nam, epoch milliseconds: the third quarter is over. */
export const OCTOBER_MS = Date.parse('2026-10-01T01:00:00Z');

/** The department with two alike machines and one that fails, on the last day of the third quarter of 2026. */
export function quarterFacts(changes: Partial<IndicatorFacts> = {}): IndicatorFacts {
  const { register, ...rest } = facts({
    groups: [
      group({ machineCount: 2, machineIds: ['a', 'b'] }),
      group({ machineIds: ['c'], verdicts: { 'antivirus-active': 'fail', 'antivirus-signatures': 'unknown' } }),
    ],
    ...changes,
  });
  return { ...rest, register: { ...register, day: '2026-09-30' } };
}

/** An empty store on a file that others may open as well; closed when the test ends. */
export async function periodStore(file = join(temporaryFolder(), 'tramdo.sqlite')): Promise<Store> {
  const store = await openStore(file);
  onTestFinished(() => store.close());
  return store;
}

/** A desk over facts that a test may change, at an instant that it may move. */
export function periodDesk(store: Store, changes: Partial<PeriodDeskParts> = {}) {
  const live = { facts: quarterFacts(), nowMs: OCTOBER_MS };
  const desk = new PeriodDesk({
    store,
    async snapshot(_setId, day) {
      const { register, ...rest } = live.facts;
      const onDay = { ...register, day: day ?? '2026-10-01' };
      return { ...rest, register: onDay, day: onDay.day, atMs: live.nowMs, results: [] };
    },
    defaultSetId: 'catalogue-2026',
    countConflicts: async () => 0,
    softwareVersion: '0.1.0',
    nowMs: () => live.nowMs,
    ...changes,
  });
  return { desk, live };
}
