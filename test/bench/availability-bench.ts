import { join } from 'node:path';
import { DAY_MS } from '#collector/catalogues/viet-nam-time.ts';
import type { NetworkDay } from '#collector/store/network-day-store.ts';
import { networkFigures, networkSlots } from '#collector/store/network-results.ts';
import { openStore } from '#collector/store/open-store.ts';
import { RttCounts } from '#collector/store/rtt-counts.ts';
import { SlotCounts } from '#collector/store/slot-counts.ts';
import { SLOTS_PER_DAY, SlotSet } from '#collector/store/slot-set.ts';
import { freshFolder } from '../e2e/collector-process.ts';
import { type BenchRow, median } from './row.ts';

const AGENCIES = 300;
const NETWORKS = ['internet', 'lan', 'tslcd', 'wan'] as const;
const DAYS = 30;
const RUNS = 7;
const BUDGET_MS = 200;

/** Availability of a province over a month from what is stored, as metrics, pages and indicators ask for it. */
export async function availabilityBench(): Promise<readonly BenchRow[]> {
  const store = await openStore(join(freshFolder('availability'), 'tramdo.sqlite'));
  const atMs = Date.now();
  const lastDay = Math.floor(atMs / DAY_MS);
  const agencies = Array.from({ length: AGENCIES }, (_, index) => ({
    code: `Y01.${String(index + 1).padStart(3, '0')}`,
    level: 'commune' as const,
  }));
  for (const { code, level } of agencies) {
    await store.agencies.add({ code, nameVi: code, level });
    const days = NETWORKS.flatMap((network) =>
      Array.from({ length: DAYS + 1 }, (_, offset) => dayOf(code, network, lastDay - offset)),
    );
    await store.networkDays.save(days);
  }
  const networks = NETWORKS.map((id) => ({ id, kind: id }));
  const readTimes: number[] = [];
  const times: number[] = [];
  let rowCount = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const startedAt = performance.now();
    const slots = networkSlots({ atMs, windowDays: DAYS, currentMs: 2_700_000, isPast: false });
    const days = await store.networkDays.since(Math.floor(slots.first / SLOTS_PER_DAY));
    readTimes.push(performance.now() - startedAt);
    networkFigures(days, { networks, agencies, slots });
    times.push(performance.now() - startedAt);
    rowCount = days.length;
  }
  await store.close();
  const ms = median(times);
  return [
    {
      what: `availability of ${AGENCIES} agencies × ${NETWORKS.length} networks over ${DAYS} days`,
      measured: `${Math.round(ms)} ms`,
      against: `reading the ${rowCount} days: ${Math.round(median(readTimes))} ms`,
      ratio: ms / median(readTimes),
      budget: `≤ ${BUDGET_MS} ms`,
      isMet: ms <= BUDGET_MS,
    },
  ];
}

/** A day of work with an outage, and a histogram as wide as those of a line to the Internet. */
function dayOf(agencyCode: string, network: string, day: number): NetworkDay {
  const sets = { on: SlotSet.empty(), reached: SlotSet.empty(), verified: SlotSet.empty() };
  const failedCounts = SlotCounts.none();
  for (let slot = 0; slot < 130; slot += 1) {
    sets.on.add(slot);
    if (slot % 40 < 3) failedCounts.add(slot);
    else sets.reached.add(slot);
    if (slot % 3 === 0 && network !== 'internet') sets.verified.add(slot);
  }
  const histogram = Object.fromEntries(
    Array.from({ length: 20 }, (_, bucket) => [String(bucket + 10), 40 + ((bucket * day) % 97)]),
  );
  const verifiedBy = network === 'internet' ? new Map() : new Map([['Zq0b8u1Yw3Kd5N7p', sets.verified]]);
  const newest = { newestAttemptAtMs: day * DAY_MS, newestSuccessAtMs: day * DAY_MS, newestFailure: 'ETIMEDOUT' };
  return {
    agencyCode,
    network,
    day,
    ...sets,
    verifiedBy,
    failedCounts,
    rtt: RttCounts.none().with(histogram),
    ...newest,
  };
}
