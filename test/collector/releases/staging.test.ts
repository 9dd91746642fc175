import { describe, expect, it } from 'vitest';
import { stagedMachines } from '#collector/releases/staging.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `019ab000-0000-7000-8000-${String(index).padStart(12, '0')}`);

describe('stagedMachines()', () => {
  it.each([
    [0, 0.5, 0],
    [1, 0.01, 1],
    [4, 0.5, 2],
    [10, 0.1, 1],
    [30, 0.1, 3],
    [7, 0.29, 3],
    [100, 0.07, 7],
    [3, 1, 3],
  ])('takes of %d machines with a share of %d exactly %d', (count, shareRatio, staged) => {
    expect(stagedMachines(ids(count), { version: '0.2.0', shareRatio }).size).toBe(staged);
  });

  it('only adds machines when the share grows', () => {
    const shares = [0.1, 0.25, 0.5, 0.9, 1].map((shareRatio) =>
      stagedMachines(ids(40), { version: '0.2.0', shareRatio }),
    );
    for (const [index, smaller] of shares.entries()) {
      const larger = shares[index + 1] ?? smaller;
      expect([...smaller].filter((id) => !larger.has(id))).toEqual([]);
    }
  });

  it('draws other machines for another version', () => {
    const drawn = ['0.2.0', '0.3.0'].map((version) => [...stagedMachines(ids(100), { version, shareRatio: 0.1 })]);
    expect(drawn[0]).not.toEqual(drawn[1]);
  });

  it('does not depend on the order of the machines', () => {
    const terms = { version: '0.2.0', shareRatio: 0.3 };
    expect(stagedMachines(ids(20).toReversed(), terms)).toEqual(stagedMachines(ids(20), terms));
  });
});
