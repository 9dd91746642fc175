import { describe, expect, it } from 'vitest';
import { networkOutageStart } from '#collector/metrics/network-outage-start.ts';
import { NO_TERMS } from './no-terms.ts';
import { SMALL_AT_MS, smallSource } from './small-source.ts';

describe('networkOutageStart', () => {
  it('is an instant where an outage lasts, and absent everywhere else', async () => {
    expect(await networkOutageStart.samples(smallSource(), NO_TERMS)).toEqual([
      { labels: { agency: 'H47.101', network: 'tslcd' }, value: (SMALL_AT_MS - 12_000_000) / 1_000 },
    ]);
  });
});
