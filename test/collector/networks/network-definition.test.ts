import { describe, expect, it } from 'vitest';
import { networkDefinition, problemOfNetworks } from '#collector/networks/network-definition.ts';

const WAN = { id: 'wan', name: 'WAN của tỉnh', kind: 'wan', targets: ['tcp://192.0.2.1:443'] };
const KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };

describe('networkDefinition', () => {
  it('fills in what is not said', () => {
    expect(networkDefinition.parse(WAN)).toEqual({
      ...WAN,
      cidrs: [],
      beaconKeys: [],
      isTranslated: false,
      isMetered: false,
      isLimited: false,
    });
  });

  it.each([
    [{ targets: ['tcp://*:443'] }, 'targets.0', 'has a wildcard, name one host'],
    [{ targets: ['icmp://192.0.2.1'] }, 'targets', 'has nothing but icmp://'],
    [{ targets: ['tcp://a:1', 'tcp://a:1'] }, 'targets', 'has one target twice'],
    [{ targets: ['beacon+https://192.0.2.1/'] }, 'beaconKeys', 'is empty though a target is a beacon'],
    [{ cidrs: ['192.0.2.1/24'] }, 'cidrs.0', 'has host bits beyond the prefix, the range is 192.0.2.0/24'],
    [{ cidrs: ['2001:db8::1/32'] }, 'cidrs.0', 'has host bits beyond the prefix, the range is 2001:db8::/32'],
    [{ cidrs: ['192.0.2.0'] }, 'cidrs.0', 'must be an address range in CIDR notation'],
    [{ isTranslated: true }, 'cidrs', 'is empty though addresses are translated'],
    [{ kind: 'moon' }, 'kind', 'Invalid option'],
    [{ tcp: true }, '', 'Unrecognized key'],
  ])('refuses %o', (change, path, message) => {
    const { error } = networkDefinition.safeParse({ ...WAN, ...change });
    expect(error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([
      [path, expect.stringContaining(message)],
    ]);
  });

  it('takes a beacon whose key is given', () => {
    const beacon = { ...WAN, targets: ['beacon+https://[2001:db8::1]:8641/'], beaconKeys: [KEY] };
    expect(networkDefinition.parse(beacon)).toMatchObject(beacon);
  });
});

describe('problemOfNetworks()', () => {
  const many = (count: number, targetCount: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `n${index}`,
      targets: Array.from({ length: targetCount }, (__, port) => `tcp://192.0.2.1:${port + 1}`),
    }));

  it.each([
    ['nothing wrong', many(8, 8), undefined],
    ['one id twice', [...many(2, 1), ...many(1, 1)], 'has the id "n0" twice'],
    ['too many networks', many(33, 1), 'has 33 networks, at most 32 are allowed'],
    ['too many targets', many(13, 5), 'has 65 targets in all networks together, at most 64 are allowed'],
  ])('finds %s', (_what, networks, expected) => {
    expect(problemOfNetworks(networks)).toBe(expected);
  });
});
