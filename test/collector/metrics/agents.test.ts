import { describe, expect, it } from 'vitest';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { agents } from '#collector/metrics/agents.ts';
import { SMALL_AT_MS, smallSource } from './small-source.ts';

const terms = { ruleIds: [], indexSet: DEFAULT_INDEX_SET, atMs: SMALL_AT_MS };

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
