import { expect, it } from 'vitest';
import type { KeptLineSample, LineTurn } from '#collector/store/line-sample-store.ts';
import type { Store } from '#collector/store/store.ts';

const TURN: LineTurn = { agencyCode: 'H47.12', day: 20_514, machineId: 'm1', atMs: 1_772_470_000_123 };
const SAMPLE: KeptLineSample = {
  agencyCode: 'H47.12',
  day: 20_514,
  network: 'wan',
  machineId: 'm1',
  bitsPerSecond: 48_000_000.5,
  bytes: 4_000_000,
  durationMs: 666.25,
  atMs: 1_772_470_060_123,
};

/** What every store must do with measured lines. */
export function describeLines(open: () => Promise<Store>): void {
  it('knows the newest turn of an agency, and the turns of a machine in a time', async () => {
    const { lineSamples } = await open();
    expect(await lineSamples.newestTurn('H47.12')).toBeUndefined();
    const next = { ...TURN, day: TURN.day + 1, machineId: 'm2', atMs: TURN.atMs + 86_400_000 };
    for (const turn of [next, TURN, { ...TURN, agencyCode: 'H47.1', atMs: TURN.atMs + 9e8 }])
      await lineSamples.saveTurn(turn);
    expect(await lineSamples.newestTurn('H47.12')).toEqual(next);
    expect(await lineSamples.turnsOf(TURN, TURN.atMs, TURN.atMs)).toEqual([TURN]);
    expect(await lineSamples.turnsOf(TURN, TURN.atMs + 1, TURN.atMs + 9)).toEqual([]);
    expect(await lineSamples.turnsOf({ ...TURN, machineId: 'm2' }, TURN.atMs, TURN.atMs)).toEqual([]);
  });

  it('replaces the turn of a day, and forgets those that lie ahead', async () => {
    const { lineSamples } = await open();
    await lineSamples.saveTurn({ ...TURN, atMs: TURN.atMs + 5 });
    await lineSamples.forgetTurnsAfter('H47.12', TURN.atMs);
    expect(await lineSamples.newestTurn('H47.12')).toBeUndefined();
    await lineSamples.saveTurn(TURN);
    await lineSamples.saveTurn({ ...TURN, machineId: '' });
    expect(await lineSamples.newestTurn('H47.12')).toEqual({ ...TURN, machineId: '' });
  });

  it('keeps one sample a day and agency, the first one', async () => {
    const { lineSamples } = await open();
    expect([await lineSamples.add(SAMPLE), await lineSamples.add({ ...SAMPLE, bytes: 1 })]).toEqual([true, false]);
    const others = [
      { ...SAMPLE, day: SAMPLE.day + 1 },
      { ...SAMPLE, agencyCode: 'H47.1' },
    ];
    for (const other of others) await lineSamples.add(other);
    const [later, foreign] = others;
    expect(await lineSamples.since(SAMPLE.day)).toEqual([foreign, SAMPLE, later]);
    expect(await lineSamples.since(SAMPLE.day + 1, 'H47.12')).toEqual([later]);
    await lineSamples.saveTurn(TURN);
    await lineSamples.forgetBefore(SAMPLE.day + 1);
    expect(await lineSamples.since(0)).toEqual([later]);
    expect(await lineSamples.newestTurn('H47.12')).toBeUndefined();
  });
}
