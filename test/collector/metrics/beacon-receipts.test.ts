import { describe, expect, it } from 'vitest';
import { beaconReceipts } from '#collector/metrics/beacon-receipts.ts';
import { NO_TERMS } from './no-terms.ts';
import { smallSource } from './small-source.ts';

describe('beaconReceipts', () => {
  it('shows every result, also those that nobody had', async () => {
    const samples = await beaconReceipts.samples(smallSource(), NO_TERMS);
    expect(samples.map(({ labels, value }) => [labels.result, value])).toEqual([
      ['accepted', 30],
      ['bad_signature', 0],
      ['by_proxy', 2],
      ['no_key', 0],
      ['reused', 0],
      ['stale', 0],
      ['unknown_key', 0],
    ]);
  });
});
