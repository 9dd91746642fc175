import { describe, expect, it } from 'vitest';
import { parseNetworkTime } from '#agent/probes/time/parse-network-time.ts';
import { parseNtpConf } from '#agent/probes/time/parse-ntp-conf.ts';
import { timeProbe } from '#agent/probes/time/probe.ts';
import { time } from '#shared/observations/time.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost } from '../changed-host.ts';

const TIME_ZONE = 'Asia/Ho_Chi_Minh';

describe('time probe on macOS', () => {
  it.each([
    ['macos-15-laptop-filevault', { service: 'timed', source: 'time.apple.com', timeZone: TIME_ZONE }],
    ['macos-12-mac-mini-intel', { service: 'none', timeZone: TIME_ZONE }],
    ['macos-15-vietnamese-denied', { service: 'unknown', timeZone: TIME_ZONE }],
  ])('sees what sets the clock of %s', async (name, want) => {
    const seen = await timeProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(want);
    expect(time.parse(seen)).toEqual(want);
  });

  it('does not know the service when nobody answers', async () => {
    const commands = { 'systemsetup-network-time': 'COMMAND_TIMED_OUT' } as const;
    const host = changeHost(openRecordedHost('macos-15-laptop-filevault'), { commands });
    expect(await timeProbe.read(host, EMPTY_CONTEXT)).toEqual({ service: 'unknown', timeZone: TIME_ZONE });
  });
});

describe('parseNetworkTime()', () => {
  it('takes an excuse for no answer, whatever the exit status', () => {
    expect(parseNetworkTime('Network Time: On\n')).toEqual(true);
    expect(parseNetworkTime('Network Time: Off\n')).toEqual(false);
    expect(parseNetworkTime('You need administrator access to run this tool... exiting!\n')).toEqual(undefined);
  });
});

describe('parseNtpConf()', () => {
  it('takes the first server and no comment', () => {
    expect(parseNtpConf('# server old.example.org\nserver ntp1.example.org iburst\nserver ntp2.example.org\n')).toEqual(
      'ntp1.example.org',
    );
    expect(parseNtpConf('')).toEqual(undefined);
  });
});
