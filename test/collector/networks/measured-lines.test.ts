import { describe, expect, it } from 'vitest';
import { measuredLines } from '#collector/networks/measured-lines.ts';

function sample(agencyCode: string, day: number, bitsPerSecond: number, network = 'wan') {
  return { agencyCode, day, network, machineId: 'm', bitsPerSecond, bytes: 1, durationMs: 1, atMs: day * 86_400_000 };
}

describe('measuredLines()', () => {
  it('gives the median of each agency and network, newest sample first', () => {
    const rows = [
      sample('H47.12', 1, 10),
      sample('H47.12', 2, 30),
      sample('H47.12', 3, 20),
      sample('H47.12', 4, 90, 'tslcd'),
      sample('H47.1', 1, 10),
      sample('H47.1', 2, 20),
    ];
    const shown = measuredLines(rows).map(({ agencyCode, network, medianBitsPerSecond, samples }) => [
      agencyCode,
      network,
      medianBitsPerSecond,
      samples.map(({ day }) => day),
    ]);
    expect(shown).toEqual([
      ['H47.1', 'wan', 15, [2, 1]],
      ['H47.12', 'tslcd', 90, [4]],
      ['H47.12', 'wan', 20, [3, 2, 1]],
    ]);
  });
});
