import { describe, expect, it } from 'vitest';
import { forgetOld } from '#collector/operations/retention.ts';
import { AGENCY, MONDAY_MS, temporaryStore } from '../ingest/reporting-machine.ts';

const DAY_MS = 86_400_000;
const KEPT = { keepObservationHistoryDays: 400, keepMachineEventDays: 1_100, keepMachineHistoryDays: 800 };
const KEY = { agencyCode: AGENCY, machineId: '01a204c6-4713-72ee-82ec-5040056097ce' };

function seen(ageDays: number, machineId = KEY.machineId) {
  const receivedAtMs = MONDAY_MS - ageDays * DAY_MS;
  const outcome = { value: { ageDays } };
  return {
    ...KEY,
    machineId,
    probeId: 'hardware',
    hash: String(ageDays),
    seq: 1_000 - ageDays,
    observedAtMs: receivedAtMs,
    receivedAtMs,
    outcome,
  };
}

function event(ageDays: number) {
  return { ...KEY, atMs: MONDAY_MS - ageDays * DAY_MS, event: 'enrolled', detail: '' } as const;
}

describe('forgetOld()', () => {
  it('keeps the newest outcome of before the bound, which held at the bound', async () => {
    const store = await temporaryStore();
    const quiet = '01a204c6-4713-72ee-82ec-5040056097cf';
    await store.reports.saveChanges([seen(900), seen(500), seen(401), seen(30), seen(700, quiet)]);
    const forgotten = await forgetOld({ store, kept: KEPT, nowMs: MONDAY_MS, pause: async () => {} });
    expect(forgotten).toEqual({ observationCount: 2, eventCount: 0, historyCount: 0 });
    const again = await forgetOld({ store, kept: KEPT, nowMs: MONDAY_MS, pause: async () => {} });
    expect(again).toEqual({ observationCount: 0, eventCount: 0, historyCount: 0 });
  });

  it('forgets events by their age', async () => {
    const store = await temporaryStore();
    for (const one of [event(1_101), event(1_099), event(1)]) await store.machines.addEvent(one);
    await forgetOld({ store, kept: KEPT, nowMs: MONDAY_MS, pause: async () => {} });
    const left = await store.machines.events(KEY);
    expect(left.map(({ atMs }) => (MONDAY_MS - atMs) / DAY_MS)).toEqual([1, 1_099]);
  });

  it('goes through many machines a few at a time and breathes in between', async () => {
    const store = await temporaryStore();
    const machineIds = Array.from({ length: 45 }, (_, index) => `machine-${String(index).padStart(2, '0')}`);
    await store.reports.saveChanges(machineIds.flatMap((id) => [seen(600, id), seen(500, id)]));
    let pauseCount = 0;
    const pause = async () => {
      pauseCount += 1;
    };
    const { observationCount } = await forgetOld({ store, kept: KEPT, nowMs: MONDAY_MS, pause });
    expect({ observationCount, pauseCount }).toEqual({ observationCount: 45, pauseCount: 3 });
  });

  it('ends when it is told to, and what it had done stays done', async () => {
    const store = await temporaryStore();
    await store.reports.saveChanges([seen(600), seen(500)]);
    const pause = () => Promise.reject(new RangeError('stopped'));
    await expect(forgetOld({ store, kept: KEPT, nowMs: MONDAY_MS, pause })).rejects.toThrow('stopped');
    const again = await forgetOld({ store, kept: KEPT, nowMs: MONDAY_MS, pause: async () => {} });
    expect(again.observationCount).toBe(0);
  });
});
