import { describe, expect, it } from 'vitest';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { ruleExceptedMachines } from '#collector/metrics/rule-excepted-machines.ts';
import { ruleMachines } from '#collector/metrics/rule-machines.ts';
import { smallSource } from './small-source.ts';

const terms = { ruleIds: ['firewall-on'], indexSet: DEFAULT_INDEX_SET, products: [], day: '2026-11-22' };

async function counts(source = smallSource()) {
  const [excepted, failed] = [
    await ruleExceptedMachines.samples(source, terms),
    (await ruleMachines.samples(source, terms)).filter(({ labels }) => labels.verdict === 'fail'),
  ];
  return excepted.map(({ labels, value }, index) => [labels.agency, value, failed[index]?.value]);
}

describe('tramdo_rule_excepted_machines', () => {
  it('counts the failed machines under a running exception, and loses nothing but itself when that runs out', async () => {
    expect(await counts()).toEqual([
      ['H47', 0, 0],
      ['H47.02', 2, 2],
      ['H47.02.1', 0, 0],
      ['H47.101', 0, 0],
    ]);
    expect((await counts(smallSource({ exceptions: async () => [] })))[1]).toEqual(['H47.02', 0, 2]);
  });
});
