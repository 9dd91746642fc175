import { describe, expect, it } from 'vitest';
import { parseClamavHeader } from '#agent/probes/antivirus/parse-clamav-header.ts';
import { parseClamdConf } from '#agent/probes/antivirus/parse-clamd-conf.ts';
import { parseClamdVersion } from '#agent/probes/antivirus/parse-clamd-version.ts';
import { parseMdatpHealth } from '#agent/probes/antivirus/parse-mdatp-health.ts';

describe('parseClamdConf()', () => {
  it('reads socket and database folder, past comments, quotes and carriage returns', () => {
    const text =
      '# LocalSocket /old\r\nLocalSocket "/run/clamd.scan/clamd.sock"\r\n  DatabaseDirectory\t/srv/clamav  \r\n';
    expect(parseClamdConf(text)).toEqual({
      localSocket: '/run/clamd.scan/clamd.sock',
      hasTcpSocket: false,
      databaseDirectory: '/srv/clamav',
    });
  });

  it('keeps the first socket', () => {
    expect(parseClamdConf('LocalSocket /a\nLocalSocket /b\n')).toEqual({ localSocket: '/a', hasTcpSocket: false });
  });

  it.each(['', 'LocalSocket\n', '\0\0', 'Example\nLocalSocket /run/clamd.sock\n'])('finds no socket in %j', (text) => {
    expect(parseClamdConf(text)).toEqual({ hasTcpSocket: false });
  });

  it('sees that it listens on TCP', () => {
    expect(parseClamdConf('TCPSocket 3310\n')).toEqual({ hasTcpSocket: true });
  });
});

describe('parseClamdVersion()', () => {
  it('reads engine, database and its clock time', () => {
    expect(parseClamdVersion('ClamAV 1.4.6/27500/Sun Nov  1 01:30:00 2026\0')).toEqual({
      engine: '1.4.6',
      databaseVersion: 27_500,
      databaseLocalMs: Date.UTC(2026, 10, 1, 1, 30, 0),
    });
  });

  it('reads an engine without a daily database', () => {
    expect(parseClamdVersion('ClamAV 0.103.8\n')).toEqual({ engine: '0.103.8' });
  });

  it('leaves out a clock time it cannot read', () => {
    expect(parseClamdVersion('ClamAV 1.0.7/27500/Thứ Hai\0')).toEqual({ engine: '1.0.7', databaseVersion: 27_500 });
  });

  it.each(['', 'PONG\0', 'ClamAV', 'ClamAV \0', 'ClamAV 1.0.7/x/y\0', `ClamAV ${'9'.repeat(100)}\0`])(
    'refuses %j',
    (text) => {
      expect(parseClamdVersion(text)).toBeUndefined();
    },
  );
});

describe('parseClamavHeader()', () => {
  const head = (time: string, seconds: string) =>
    `ClamAV-VDB:${time}:27932:2074421:90:d0:sig:builder${seconds}`.padEnd(512);

  it('reads the build time in seconds', () => {
    expect(parseClamavHeader(head('09 Mar 2026 03-26 -0500', ':1773044801'))).toEqual({
      version: 27_932,
      builtAtMs: Date.UTC(2026, 2, 9, 8, 26, 41),
    });
  });

  it.each([
    ['09 Mar 2026 03-26 -0500', Date.UTC(2026, 2, 9, 8, 26)],
    ['9 Mar 2026 15-26 +0730', Date.UTC(2026, 2, 9, 7, 56)],
  ])('reads the text %s when there are no seconds', (time, builtAtMs) => {
    expect(parseClamavHeader(head(time, ''))).toEqual({ version: 27_932, builtAtMs });
  });

  it.each(['', 'ClamAV-VDB:', head('yesterday', ''), head('09 Foo 2026 03-26 -0500', ':x'), '\u0000'.repeat(512)])(
    'refuses %j',
    (text) => expect(parseClamavHeader(text)).toBeUndefined(),
  );
});

describe('parseMdatpHealth()', () => {
  it('reads bare values, as older versions print them', () => {
    const text =
      '{"realTimeProtectionEnabled":true,"definitionsStatus":"out_of_date","definitionsUpdated":1773054000000}';
    expect(parseMdatpHealth(text)).toEqual({
      isProtecting: true,
      signatures: 'out_of_date',
      signaturesAtMs: 1_773_054_000_000,
    });
  });

  it('does not call passive mode protection', () => {
    const text = '{"realTimeProtectionEnabled":{"value":true},"passiveModeEnabled":{"value":true}}';
    expect(parseMdatpHealth(text)).toEqual({ isProtecting: false, signatures: 'unknown' });
  });

  it('leaves out a date in the language of the machine', () => {
    const text =
      '{"realTimeProtectionEnabled":false,"definitionsUpdated":"9 thg 3, 2026","definitionsStatus":{"$type":"x"}}';
    expect(parseMdatpHealth(text)).toEqual({ isProtecting: false, signatures: 'unknown' });
  });

  it.each(['', '{}', '1', 'null', '[]', '{"realTimeProtectionEnabled":"yes"}'])('refuses %j', (text) => {
    expect(() => parseMdatpHealth(text)).toThrow(/Cannot understand mdatp health/);
  });
});
