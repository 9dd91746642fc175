import { expect, it } from 'vitest';
import { NOTHING_SEEN } from '#collector/store/report-rows.ts';
import type { Store } from '#collector/store/store.ts';

const KEYS = ['m-1', 'm-2', 'm-3'].map((machineId) => ({ agencyCode: 'H47.12', machineId }));

/** What a store must do to keep itself small. */
export function describeUpkeep(open: () => Promise<Store>): void {
  it('remembers when the newest backup of each kind was made', async () => {
    const { upkeep } = await open();
    expect(await upkeep.lastBackups()).toEqual(new Map());
    await upkeep.noteBackup('schedule', 1_000);
    await upkeep.noteBackup('schedule', 2_000);
    await upkeep.noteBackup('command', 1_500);
    expect([...(await upkeep.lastBackups())]).toEqual([
      ['command', 1_500],
      ['schedule', 2_000],
    ]);
  });

  it('lists the machines of a table page by page, each once', async () => {
    const { upkeep, machines } = await open();
    for (const key of KEYS) {
      for (const atMs of [1, 2]) await machines.addEvent({ ...key, atMs, event: 'retired', detail: '' });
    }
    const first = await upkeep.machinesIn('machine_events', undefined, 2);
    expect(first).toEqual(KEYS.slice(0, 2));
    expect(await upkeep.machinesIn('machine_events', first.at(-1), 2)).toEqual(KEYS.slice(2));
    expect(await upkeep.machinesIn('observation_history', undefined, 2)).toEqual([]);
  });

  it('gives the clocks of the machines that reported last, but for retired and unknown ones', async () => {
    const { upkeep, reports } = await open();
    const standing = (id: string, lastSeenAtMs: number, clockOffsetMs: number | undefined, isRetired = false) => ({
      ...NOTHING_SEEN,
      agencyCode: 'H47.12',
      machineId: id,
      lastSeenAtMs,
      clockOffsetMs,
      isRetired,
    });
    await reports.saveStandings([
      standing('m-1', 1, -5),
      standing('m-2', 4, undefined),
      standing('m-3', 3, 7),
      standing('m-4', 2, 0),
      standing('m-5', 5, 9, true),
    ]);
    expect(await upkeep.newestClockOffsets(9)).toEqual([7, 0, -5]);
    expect(await upkeep.newestClockOffsets(2)).toEqual([7, 0]);
  });

  it('forgets old outcomes of the machines it is told, but for the newest of every probe before the bound', async () => {
    const { upkeep, reports } = await open();
    const change = (machineId: string, probeId: string, atMs: number) => {
      const outcome = { value: { atMs } };
      const times = { observedAtMs: atMs, receivedAtMs: atMs };
      return { agencyCode: 'H47.12', machineId, probeId, hash: 'h', seq: atMs, ...times, outcome };
    };
    const atMsOf = [1, 2, 3, 9];
    await reports.saveChanges([
      ...atMsOf.map((atMs) => change('m-1', 'os', atMs)),
      ...atMsOf.map((atMs) => change('m-2', 'os', atMs)),
      change('m-1', 'time', 1),
    ]);
    expect(await upkeep.forgetObservations(KEYS.slice(0, 1), 4)).toBe(2);
    expect(await upkeep.forgetObservations(KEYS.slice(0, 1), 4)).toBe(0);
    expect(await upkeep.forgetObservations(KEYS, 4)).toBe(2);
  });

  it('forgets old events of the machines it is told', async () => {
    const { upkeep, machines } = await open();
    for (const key of KEYS) {
      for (const atMs of [1, 5]) await machines.addEvent({ ...key, atMs, event: 'retired', detail: '' });
    }
    expect(await upkeep.forgetEvents(KEYS.slice(0, 2), 5)).toBe(2);
    expect(await upkeep.forgetEvents(KEYS, 5)).toBe(1);
  });
}
