import { describe, expect, it } from 'vitest';
import { networkCertificates } from '#collector/metrics/network-certificates.ts';
import { NO_TERMS } from './no-terms.ts';
import { SMALL_AT_MS, smallSource } from './small-source.ts';

describe('networkCertificates', () => {
  it('gives the instants sorted by network and target, of no more targets than there may be', async () => {
    const of = (network: string, target: string) => ({ network, target, notAfterMs: SMALL_AT_MS });
    const many = Array.from({ length: 100 }, (_, index) => of('wan', `https://192.0.2.${index}/`));
    const source = smallSource({ certificates: async () => [...many, of('internet', 'https://198.51.100.1/')] });
    const samples = await networkCertificates.samples(source, NO_TERMS);
    expect([samples.length, samples[0]]).toEqual([
      64,
      { labels: { network: 'internet', target: 'https://198.51.100.1/' }, value: SMALL_AT_MS / 1_000 },
    ]);
  });
});
