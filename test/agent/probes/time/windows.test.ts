import { describe, expect, it } from 'vitest';
import { timeProbe } from '#agent/probes/time/probe.ts';
import { describeWindowsTime } from '#agent/probes/time/windows.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';

const seen = (name: string) => timeProbe.read(openRecordedHost(name), EMPTY_CONTEXT);

describe('timeProbe on Windows', () => {
  it.each([
    ['windows-10-22h2-defender', { service: 'w32time', source: 'time.windows.com', timeZone: 'Asia/Ho_Chi_Minh' }],
    ['windows-11-24h2-domain-kaspersky', { service: 'w32time', source: 'domain', timeZone: 'Asia/Ho_Chi_Minh' }],
    ['windows-server-2019-defender', { service: 'w32time', source: 'ntp.example.org', timeZone: 'Asia/Ho_Chi_Minh' }],
    ['windows-10-22h2-cloned', { service: 'none', timeZone: 'Asia/Ho_Chi_Minh' }],
  ])('sees what sets the clock of %s', async (name, want) => {
    expect(await seen(name)).toEqual(want);
  });
});

const facts = {
  state: 'Running',
  startMode: 'Auto',
  type: 'NTP',
  ntpServer: 'time.windows.com,0x9',
  policyType: undefined,
  policyNtpServer: undefined,
  isClientEnabled: 1,
  isClientEnabledByPolicy: undefined,
  isGuestProviderEnabled: 0,
  timeZoneKeyName: 'Some New Standard Time',
};

describe('describeWindowsTime()', () => {
  it.each([
    { when: 'its zone is not known', changes: {}, want: { service: 'w32time', source: 'time.windows.com' } },
    { when: 'the service is not there', changes: { startMode: undefined }, want: { service: 'unknown' } },
    { when: 'a policy says not to synchronise', changes: { policyType: 'NoSync' }, want: { service: 'none' } },
    { when: 'a policy switches the client off', changes: { isClientEnabledByPolicy: 0 }, want: { service: 'none' } },
    {
      when: 'the hypervisor sets the clock of a virtual machine',
      changes: { isClientEnabled: 0, isGuestProviderEnabled: 1, type: 'AllSync', ntpServer: undefined },
      want: { service: 'w32time' },
    },
  ])('says $want.service when $when', ({ changes, want }) => {
    expect(describeWindowsTime({ ...facts, ...changes })).toEqual(want);
  });
});
