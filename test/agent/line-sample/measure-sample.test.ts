import { describe, expect, it } from 'vitest';
import { SampleMeter } from '#agent/line-sample/measure-sample.ts';

function measured(wantedBytes: number, pieces: readonly (readonly [byteCount: number, atMs: number])[]) {
  const meter = new SampleMeter(wantedBytes);
  const goesOn = pieces.map(([byteCount, atMs]) => meter.add(byteCount, atMs));
  return { goesOn, result: meter.result() };
}

describe('SampleMeter', () => {
  it('counts from the first piece to the last what came behind the first', () => {
    expect(
      measured(1_000, [
        [100, 50],
        [400, 60],
        [500, 90],
      ]),
    ).toEqual({
      goesOn: [true, true, false],
      result: { bytes: 900, durationMs: 40 },
    });
  });

  it('counts what came of one that was cut short when it is 256 KB and a second', () => {
    const cut = (bytes: number, ms: number) =>
      measured(8_000_000, [
        [1_000, 0],
        [bytes, ms],
      ]).result;
    expect(cut(262_144, 1_000)).toEqual({ bytes: 262_144, durationMs: 1_000 });
    expect([cut(262_143, 1_000), cut(262_144, 999)]).toEqual([undefined, undefined]);
  });

  it('says nothing of what came at once, not at all, or more than was asked for', () => {
    expect(measured(1_000, []).result).toBeUndefined();
    expect(measured(1_000, [[1_000, 5]]).result).toBeUndefined();
    expect(
      measured(1_000, [
        [500, 5],
        [500, 5],
      ]).result,
    ).toBeUndefined();
    expect(
      measured(1_000, [
        [500, 5],
        [501, 9],
      ]),
    ).toEqual({ goesOn: [true, false], result: undefined });
  });
});
