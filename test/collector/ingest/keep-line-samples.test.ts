import { describe, expect, it } from 'vitest';
import { dayNumber } from '#collector/catalogues/viet-nam-time.ts';
import { AGENCY, ingestRig, MONDAY_MS } from './reporting-machine.ts';

const DAY_MS = 86_400_000;
const SAMPLE = { network: 'internet', bytes: 4_000_000, durationMs: 500 };

async function opened() {
  const rig = await ingestRig();
  const machine = await rig.machine();
  const { machineId } = machine;
  const turn = { agencyCode: AGENCY, day: dayNumber(MONDAY_MS), machineId, atMs: MONDAY_MS - 60_000 };
  const dropped: string[] = [];
  Object.assign(rig.carried.terms, { onDroppedSample: (why: string) => dropped.push(why) });
  let seq = 0;
  const send = async (lineSamples: readonly unknown[], arrivedAtMs = MONDAY_MS, clockOffsetMs = 0) => {
    seq += 1;
    const content = { seq, atMs: arrivedAtMs, clockOffsetMs, extra: { lineSamples } };
    await rig.intake.accept({ ...(await machine.report(content)), arrivedAtMs });
  };
  const kept = () => rig.store.lineSamples.since(0);
  return { rig, machineId, turn, dropped, send, kept };
}

const at = (atMs: number) => new Date(atMs).toISOString();

describe('keepLineSamples()', () => {
  it('keeps a sample that was made in the turn, on the clock of the collector', async () => {
    const { rig, machineId, turn, dropped, send, kept } = await opened();
    await rig.store.lineSamples.saveTurn(turn);
    const offsetMs = 365 * DAY_MS;
    await send([{ ...SAMPLE, at: at(turn.atMs + 30_000 + offsetMs) }], MONDAY_MS, offsetMs);
    const day = dayNumber(MONDAY_MS);
    const placed = { agencyCode: AGENCY, machineId, day, bitsPerSecond: 64_000_000, atMs: turn.atMs + 30_000 };
    expect([await kept(), dropped]).toEqual([[{ ...SAMPLE, ...placed }], []]);
    await send([{ ...SAMPLE, bytes: 1, at: at(turn.atMs + 31_000) }]);
    expect(await kept()).toEqual([{ ...SAMPLE, ...placed }]);
  });

  it('drops what cannot be, what nobody asked for, and what it has no network for', async () => {
    const { rig, turn, dropped, send, kept } = await opened();
    await send([{ ...SAMPLE, at: at(turn.atMs) }]);
    await rig.store.lineSamples.saveTurn(turn);
    await send([{ ...SAMPLE, at: at(MONDAY_MS + 1) }]);
    await send([{ ...SAMPLE, at: at(MONDAY_MS - 40 * DAY_MS - 1) }]);
    await send([{ ...SAMPLE, at: at(turn.atMs), durationMs: 0.0001 }]);
    await send([{ ...SAMPLE, at: at(turn.atMs), network: 'strange' }]);
    expect(dropped).toEqual(['no-turn', 'future', 'too-old', 'too-fast', 'unknown-network']);
    expect(await kept()).toEqual([]);
  });
});
