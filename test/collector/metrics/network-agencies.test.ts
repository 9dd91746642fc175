import { describe, expect, it } from 'vitest';
import { networkAgencies } from '#collector/metrics/network-agencies.ts';
import { networkUp } from '#collector/metrics/network-up.ts';
import { department, network } from '../indicators/province.ts';
import { NO_TERMS } from './no-terms.ts';
import { smallSource } from './small-source.ts';

/** Departments a to d, of which a was verified, b reached, c not reached, and d measured by nobody. */
const source = smallSource({
  agencies: async () => ['a', 'b', 'c', 'd'].map((code) => department({ code })),
  networks: async () => [
    network({ agencyCode: 'a', result: 'verified' }),
    network({ agencyCode: 'b', result: 'reached' }),
    network({ agencyCode: 'c', result: 'not_reached' }),
  ],
});

describe('networkAgencies', () => {
  it('counts an agency on one side each, the one that nobody measured as unknown', async () => {
    const samples = await networkAgencies.samples(source, NO_TERMS);
    expect(samples.map(({ labels: { level, network: id, result }, value }) => [level, id, result, value])).toEqual([
      ['department', 'tslcd', 'verified', 1],
      ['department', 'tslcd', 'reached', 1],
      ['department', 'tslcd', 'not_reached', 1],
      ['department', 'tslcd', 'unknown', 1],
    ]);
  });
});

describe('networkUp', () => {
  it('is 1 for what was verified or reached, 0 for what was not, and absent for what nobody knows', async () => {
    const samples = await networkUp.samples(source, NO_TERMS);
    expect(samples.map(({ labels, value }) => [labels.agency, value])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 0],
    ]);
  });
});
