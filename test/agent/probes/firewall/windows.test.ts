import { describe, expect, it } from 'vitest';
import { firewallProbe } from '#agent/probes/firewall/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';

async function look(name: string) {
  const seen = await firewallProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
  expect(OBSERVATIONS.firewall.parse(seen)).toEqual(seen);
  return seen;
}

describe('firewall probe on Windows', () => {
  it('sees what policy sets where the machine itself says off', async () => {
    expect(await look('windows-11-24h2-domain-kaspersky')).toEqual({
      isOn: true,
      products: [
        { id: 'other', isOn: true, inboundDefault: 'unknown', detail: 'Kaspersky Endpoint Security for Windows' },
        { id: 'windows-firewall', isOn: true, inboundDefault: 'deny', detail: 'on: domain (set by policy)' },
      ],
      profiles: [
        { name: 'domain', isOn: true, isActive: true, isSetByPolicy: true },
        { name: 'private', isOn: true, isActive: false, isSetByPolicy: true },
        { name: 'public', isOn: true, isActive: false, isSetByPolicy: true },
      ],
    });
  });

  it.each([
    ['windows-10-22h2-defender', true, ['on: private']],
    ['windows-11-23h2-vietnamese-eset', true, ['Tường lửa ESET', 'on: public']],
    ['windows-11-24h2-bkav', false, ['off: public']],
    ['windows-server-2019-defender', true, ['on: domain']],
    ['windows-10-22h2-cloned', false, ['service MpsSvc does not run']],
    ['windows-11-24h2-wmi-hangs', true, ['on: private']],
  ])('says of %s that on is %s', async (name, isOn, details) => {
    const seen = await look(name);
    expect([seen.isOn, seen.products.map(({ detail }) => detail)]).toEqual([isOn, details]);
  });
});
