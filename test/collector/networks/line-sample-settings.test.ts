import { describe, expect, it } from 'vitest';
import { loadSettings } from '#collector/config.ts';
import { requireSampledLines } from '#collector/networks/line-sample-settings.ts';

const BEACON = 'beacon+https://beacon.example.org:8641/';
const KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };

function settingsWith(lineSamples: unknown, network: Readonly<Record<string, unknown>> = {}) {
  const wan = { id: 'wan', name: 'WAN', kind: 'wan', targets: [BEACON], beaconKeys: [KEY], ...network };
  const texts = { TRAMDO_NETWORKS: JSON.stringify([wan]), TRAMDO_LINE_SAMPLES: JSON.stringify(lineSamples) };
  const settings = loadSettings(undefined, { TRAMDO_LISTEN: '127.0.0.1:0', ...texts });
  requireSampledLines(settings.lineSamples, settings.networks);
  return settings.lineSamples;
}

describe('lineSampleSettings', () => {
  it('are off by default, and small and at night when they are on', () => {
    expect(loadSettings(undefined, {}).lineSamples).toBeUndefined();
    expect(settingsWith({ network: 'wan', target: BEACON })).toEqual({
      network: 'wan',
      target: BEACON,
      bytes: 4_000_000,
      fromHour: 22,
      toHour: 5,
    });
  });

  it.each([
    ['no such network', { network: 'lan', target: BEACON }, {}, '"lineSamples.network": current value is "lan"'],
    ['a metered network', { network: 'wan', target: BEACON }, { isMetered: true }, 'costs money ("isMetered")'],
    ['a weak line', { network: 'wan', target: BEACON }, { isLimited: true }, '"isLimited"'],
    ['no beacon', { network: 'wan', target: 'tcp://192.0.2.1:443' }, {}, `allowed are ${BEACON}`],
    ['too many bytes', { network: 'wan', target: BEACON, bytes: 8_000_001 }, {}, '"lineSamples.bytes" is not allowed'],
    ['an empty night', { network: 'wan', target: BEACON, fromHour: 5, toHour: 5 }, {}, 'the night is empty'],
    ['an unknown key', { network: 'wan', target: BEACON, size: 1 }, {}, 'unknown key "lineSamples.size"'],
  ])('are refused for %s, with key and value', (_, lineSamples, network, message) => {
    expect(() => settingsWith(lineSamples, network)).toThrow(message);
  });
});
