import { describe, expect, it } from 'vitest';
import { localToUtcMs, parseFixedOffset } from '#agent/probes/time/local-to-utc.ts';
import { parseChronycTracking } from '#agent/probes/time/parse-chronyc.ts';
import { parseNtpqVariables } from '#agent/probes/time/parse-ntpq.ts';
import { parseTimesyncServer } from '#agent/probes/time/parse-timesync.ts';
import { timeProbe } from '#agent/probes/time/probe.ts';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import { time } from '#shared/observations/time.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';

const SEEN: Readonly<Record<string, Observation<'time'>>> = {
  'container-bare': { service: 'none' },
  'debian-12-desktop': {
    service: 'systemd-timesyncd',
    source: '0.debian.pool.ntp.org',
    isSynchronised: true,
    timeZone: 'Asia/Ho_Chi_Minh',
  },
  'rocky-9-server': {
    service: 'chrony',
    source: '198.51.100.123',
    isSynchronised: true,
    offsetSeconds: 0,
    timeZone: 'Asia/Ho_Chi_Minh',
  },
  'ubuntu-24.04-laptop': {
    service: 'systemd-timesyncd',
    source: 'ntp.ubuntu.com',
    isSynchronised: false,
    timeZone: 'Asia/Bangkok',
  },
};

describe('timeProbe', () => {
  it.each(Object.entries(SEEN))('sees what sets the clock of %s', async (name, want) => {
    const seen = await timeProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(want);
    expect(time.parse(seen)).toEqual(want);
  });

  it('names a service that does not answer, and no more', async () => {
    const host = {
      ...openRecordedHost('rocky-9-server'),
      run: async () => ({ stdout: '506 Cannot talk to daemon\n', stderr: '', exitCode: 1 }),
    };
    expect(await timeProbe.read(host, EMPTY_CONTEXT)).toEqual({ service: 'chrony', timeZone: 'Asia/Ho_Chi_Minh' });
  });

  it('takes a closed folder of chrony for chrony', async () => {
    const host = {
      ...openRecordedHost('container-bare'),
      stat: async (path: string) => {
        if (path.startsWith('/run/chrony/')) throw new TramdoError('HOST_FILE_DENIED', 'Cannot look');
        return undefined;
      },
    };
    expect(await timeProbe.read(host, EMPTY_CONTEXT)).toEqual({ service: 'chrony' });
  });

  it('asks ntpd where it runs, and reads the zone of /etc/timezone where /etc/localtime is a copy', async () => {
    const host = {
      ...openRecordedHost('container-bare'),
      stat: async (path: string) =>
        path === '/run/ntpd.pid' ? ({ kind: 'file', sizeBytes: 4, modifiedAtMs: 0 } as const) : undefined,
      readText: async (path: string) => (path === '/etc/timezone' ? 'Asia/Ho_Chi_Minh\n' : undefined),
      run: async () => ({ stdout: 'leap=00, stratum=2, refid=192.0.2.5,\noffset=-1612.5\n', stderr: '', exitCode: 0 }),
    };
    expect(await timeProbe.read(host, EMPTY_CONTEXT)).toEqual({
      service: 'ntpd',
      source: '192.0.2.5',
      isSynchronised: true,
      offsetSeconds: 2,
      timeZone: 'Asia/Ho_Chi_Minh',
    });
  });
});

describe('parseChronycTracking()', () => {
  const line = (offset: string, leap: string, name = '192.0.2.9') =>
    `C0000209,${name},3,1773105912.48,${offset},0.1,0.2,-8.1,0.002,0.06,0.004,0.0008,1032.4,${leap}`;

  it('counts a slow clock as behind and a fast one as ahead', () => {
    expect(parseChronycTracking(`${line('90.6', 'Normal')}\n`)?.offsetSeconds).toBe(-91);
    expect(parseChronycTracking(line('-2.4', 'Insert second'))?.offsetSeconds).toBe(2);
  });

  it('has a plain 0 for a clock that is a little slow', () => {
    expect(parseChronycTracking(line('0.0004', 'Normal'))?.offsetSeconds).toBe(0);
  });

  it('says no source and no offset without synchronisation', () => {
    expect(parseChronycTracking(`${line('0.000000000', 'Not synchronised', '')}\r\n`)).toEqual({
      isSynchronised: false,
    });
  });

  it('bears with more columns and with an offset that is none', () => {
    expect(parseChronycTracking(`${line('nan', 'Normal')},new`)).toEqual({ source: '192.0.2.9', isSynchronised: true });
  });

  it.each(['', '\n', '506 Cannot talk to daemon\n'])('has nothing of %j', (text) => {
    expect(parseChronycTracking(text)).toBeUndefined();
  });
});

describe('parseNtpqVariables()', () => {
  it('knows the alarm of a clock that follows nothing', () => {
    expect(parseNtpqVariables('leap=11, stratum=16, refid=INIT, offset=0.000')).toEqual({ isSynchronised: false });
  });

  it('reads quoted values and CRLF', () => {
    expect(parseNtpqVariables('leap="00",\r\nrefid="192.0.2.5",\r\nunknown=7')).toEqual({
      source: '192.0.2.5',
      isSynchronised: true,
    });
  });

  it('has nothing of a text without `leap`', () => {
    expect(parseNtpqVariables('ntpq: read: Connection refused\n')).toBeUndefined();
  });
});

describe('parseTimesyncServer()', () => {
  it.each([
    ['ServerName=ntp.example.org\nServerAddress=192.0.2.1\n', 'ntp.example.org'],
    ['Other=1\r\nServerName=\r\nServerAddress=192.0.2.1', '192.0.2.1'],
    ['ServerName=\n', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, want) => {
    expect(parseTimesyncServer(text)).toBe(want);
  });
});

describe('localToUtcMs()', () => {
  const clock = { year: 2026, month: 3, day: 2, hour: 5, minute: 14, second: 55 };

  it.each([
    [{ fixedOffsetMs: 25_200_000 }, '2026-03-01T22:14:55.000Z'],
    [{ name: 'Asia/Ho_Chi_Minh' }, '2026-03-01T22:14:55.000Z'],
    [{ name: 'America/New_York' }, '2026-03-02T10:14:55.000Z'],
    [{ name: 'Etc/UTC' }, '2026-03-02T05:14:55.000Z'],
    [{ name: 'No/Such_Zone' }, '2026-03-02T05:14:55.000Z'],
    [{}, '2026-03-02T05:14:55.000Z'],
  ])('reads the clock in the zone %j', (zone, want) => {
    expect(new Date(localToUtcMs(clock, zone)).toISOString()).toBe(want);
  });

  it('uses summer time where it holds', () => {
    const summer = localToUtcMs({ ...clock, month: 7 }, { name: 'Europe/Berlin' });
    expect(new Date(summer).toISOString()).toBe('2026-07-02T03:14:55.000Z');
  });
});

describe('parseFixedOffset()', () => {
  it.each([
    ['TZif2\0…\n<+07>-7\n', 25_200_000],
    ['TZif2\0…\nIST-5:30\n', 19_800_000],
    ['TZif2\0…\nEST5\n', -18_000_000],
    ['TZif2\0…\nUTC0\n', 0],
    ['TZif2\0…\nCET-1CEST,M3.5.0,M10.5.0/3\n', undefined],
    ['TZif2\0…\n\n', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, want) => {
    expect(parseFixedOffset(text)).toBe(want);
  });
});
