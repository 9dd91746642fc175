import { describe, expect, it } from 'vitest';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { agents } from '#collector/metrics/agents.ts';
import { smallSource } from './small-source.ts';

const terms = { ruleIds: [], indexSet: DEFAULT_INDEX_SET, products: [], day: '2026-11-22' };

describe('tramdo_agents', () => {
  it('counts by version and update, and shows nothing that only a machine says', async () => {
    const samples = await agents.samples(smallSource(), terms);
    expect(samples.map(({ labels: { version, update }, value }) => `${version} ${update} ${value}`)).toEqual([
      '0.1.0 steady 20',
      '0.1.0 trial 0',
      '0.1.0 failed 1',
      '0.2.0 steady 0',
      '0.2.0 trial 2',
      '0.2.0 failed 0',
      'other steady 1',
      'other trial 0',
      'other failed 0',
    ]);
  });
});
