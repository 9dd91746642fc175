import { describe, expect, it } from 'vitest';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { machines } from '#collector/metrics/machines.ts';
import { smallSource } from './small-source.ts';

const terms = { ruleIds: [], indexSet: DEFAULT_INDEX_SET, products: [], day: '2026-11-22' };

describe('tramdo_machines', () => {
  it('is there for every agency, kind and state, 0 included', async () => {
    const samples = await machines.samples(smallSource(), terms);
    const byAgency = Map.groupBy(samples, ({ labels }) => labels.agency);
    expect([...byAgency].map(([agency, own]) => [agency, own.length])).toEqual([
      ['H47', 19],
      ['H47.02', 19],
      ['H47.02.1', 19],
      ['H47.101', 19],
    ]);
  });

  it('adds up, over computers and those without an agent, to the registered machines', async () => {
    const samples = await machines.samples(smallSource(), terms);
    const computers = samples.filter(({ labels }) => ['desktop', 'laptop', 'unspecified'].includes(labels.kind));
    const sums = [...Map.groupBy(computers, ({ labels }) => labels.agency)].map(([agency, own]) => [
      agency,
      own.reduce((sum, { value }) => sum + value, 0),
    ]);
    expect(sums).toEqual([
      ['H47', 0],
      ['H47.02', 12],
      ['H47.02.1', 1],
      ['H47.101', 14],
    ]);
  });
});
