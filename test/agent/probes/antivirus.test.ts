import { describe, expect, it } from 'vitest';
import type { Host } from '#agent/host/host.ts';
import { antivirusProbe } from '#agent/probes/antivirus/probe.ts';
import type { ProbeContext } from '#agent/probes/probe.ts';
import { runProbe } from '#agent/run-probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import type { ProductHint } from '#shared/plan.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';
import { changeHost, type HostChanges } from './changed-host.ts';

const KESL: ProductHint = {
  id: 'kaspersky',
  name: 'Kaspersky Endpoint Security',
  processes: ['avp.exe', 'kesl'],
  services: ['AVP.KES', 'kesl.service'],
  paths: ['/opt/kaspersky/kesl/bin/kesl-control'],
};
const CONTEXT: ProbeContext<'antivirus'> = {
  ...EMPTY_CONTEXT,
  products: [
    { id: 'clamav', name: 'ClamAV', processes: ['clamd'], services: [], paths: ['/usr/sbin/clamd'] },
    { id: 'defender-endpoint', name: 'Defender', processes: ['wdavdaemon'], services: ['mdatp.service'], paths: [] },
    KESL,
  ],
};

async function look(name: string, changes: HostChanges = {}) {
  const seen = await antivirusProbe.read(changeHost(openRecordedHost(name), changes), CONTEXT);
  expect(OBSERVATIONS.antivirus.parse(seen)).toEqual(seen);
  return seen.products;
}

const CLAMAV = {
  id: 'clamav',
  name: 'ClamAV',
  version: '1.0.7',
  realTime: 'on',
  isRunning: true,
  signatures: 'unknown',
  signaturesAt: '2026-03-09T08:26:41.000Z',
  evidence: ['answer /var/run/clamav/clamd.ctl', 'process clamd', 'process clamonacc', 'file /usr/sbin/clamd'],
};
const { version: _version, ...SILENT_CLAMAV } = CLAMAV;

describe('antivirus probe with ClamAV', () => {
  it('is on when clamd answers and clamonacc runs, with the exact date of the daily signatures', async () => {
    expect(await look('debian-12-desktop')).toEqual([CLAMAV]);
  });

  it('is off without clamonacc: nothing hands the files over', async () => {
    const files = { '/proc/845/stat': '845 (bash) S 1 845 845 0' };
    const evidence = CLAMAV.evidence.filter((text) => !text.includes('clamonacc'));
    expect(await look('debian-12-desktop', { files })).toEqual([{ ...CLAMAV, realTime: 'off', evidence }]);
  });

  it('does not take a dead clamonacc for a running one', async () => {
    const files = { '/proc/845/stat': '845 (clamonacc) Z 1 845 845 0' };
    expect(await look('debian-12-desktop', { files })).toEqual([expect.objectContaining({ realTime: 'off' })]);
  });

  it('is off and not running when nobody listens, with the date of the files on the disk', async () => {
    expect(await look('debian-12-desktop', { answers: {} })).toEqual([
      { ...SILENT_CLAMAV, realTime: 'off', isRunning: false, evidence: CLAMAV.evidence.slice(1) },
    ]);
  });

  it('does not touch the socket of a stopped clamd, which would start it', async () => {
    const files = { '/proc/812/stat': undefined };
    expect(await look('debian-12-desktop', { files, answers: 'HOST_READ_FAILED' })).toEqual([
      { ...SILENT_CLAMAV, realTime: 'off', isRunning: false, evidence: CLAMAV.evidence.slice(2) },
    ]);
  });

  it('dates what is loaded, and not the newer file on the disk, at the earliest instant the clock time can mean', async () => {
    const answers = { 'zPING\0': 'PONG\0', 'zVERSION\0': 'ClamAV 1.0.7/27900/Thu Feb  5 15:26:41 2026\0' };
    expect(await look('debian-12-desktop', { answers })).toEqual([
      { ...CLAMAV, signaturesAt: '2026-02-05T01:26:41.000Z' },
    ]);
  });

  it('takes the date of other heads without a daily database, and none of the byte code', async () => {
    const folders = { '/var/lib/clamav': ['bytecode.cvd', 'main.cvd'] };
    const answers = { 'zPING\0': 'PONG\0', 'zVERSION\0': 'ClamAV 1.0.7\0' };
    expect(await look('debian-12-desktop', { answers, folders })).toEqual([
      { ...CLAMAV, signaturesAt: '2021-09-16T12:32:00.000Z' },
    ]);
  });

  it('takes the change of plain signatures when there is nothing with a head', async () => {
    const folders = { '/var/lib/clamav': ['freshclam.dat', 'site.hdb'] };
    const files = { '/var/lib/clamav/site.hdb': '00112233445566778899aabbccddeeff:27:Site.Test' };
    const answers = { 'zPING\0': 'PONG\0', 'zVERSION\0': 'ClamAV 1.0.7\0' };
    expect(await look('debian-12-desktop', { answers, folders, files })).toEqual([
      { ...CLAMAV, signaturesAt: '2026-03-10T01:30:00.000Z' },
    ]);
  });

  it('says no date when there are no signatures', async () => {
    const { signaturesAt: _signaturesAt, ...undated } = CLAMAV;
    const folders = { '/var/lib/clamav': undefined };
    const answers = { 'zPING\0': 'PONG\0', 'zVERSION\0': 'ClamAV 1.0.7\0' };
    expect(await look('debian-12-desktop', { answers, folders })).toEqual([undated]);
  });

  it('cannot tell with a clamd that listens on TCP only', async () => {
    const files = { '/etc/clamav/clamd.conf': 'TCPSocket 3310\nTCPAddr localhost\n' };
    expect(await look('debian-12-desktop', { files })).toEqual([
      { ...SILENT_CLAMAV, realTime: 'unknown', evidence: CLAMAV.evidence.slice(1) },
    ]);
  });

  it('finds nothing when only the configuration of a removed package is left', async () => {
    const files = {
      '/usr/sbin/clamd': undefined,
      '/usr/bin/clamscan': undefined,
      '/proc/812/stat': undefined,
      '/proc/845/stat': undefined,
    };
    expect(await look('debian-12-desktop', { files })).toEqual([]);
  });

  it('fails by its deadline when clamd takes the question and says nothing', async () => {
    const openHost = (signal: AbortSignal): Host => ({
      ...openRecordedHost('debian-12-desktop'),
      ask: () => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('no answer')))),
    });
    const outcome = await runProbe({ ...antivirusProbe, deadlineMs: 20 }, { openHost, context: CONTEXT });
    expect(outcome.failure).toEqual({
      code: 'PROBE_TIMED_OUT',
      message: 'Stopped the probe "antivirus" after 20 ms',
    });
  });

  it.each([
    ['HOST_FILE_DENIED' as const, 'HOST_FILE_DENIED'],
    [{ 'zPING\0': 'UNKNOWN COMMAND\0' }, 'OUTPUT_UNREADABLE'],
    [{ 'zPING\0': 'PONG\0', 'zVERSION\0': '' }, 'OUTPUT_UNREADABLE'],
  ])('fails when the socket gives %j', async (answers, code) => {
    await expect(look('debian-12-desktop', { answers })).rejects.toMatchObject({ code });
  });
});

const DEFENDER = {
  id: 'defender-endpoint',
  name: 'Microsoft Defender',
  version: '101.25012.0004',
  realTime: 'on',
  isRunning: true,
  signatures: 'up_to_date',
  signaturesAt: '2026-03-09T11:00:00.000Z',
  evidence: ['answer mdatp health', 'process wdavdaemon', 'file /usr/bin/mdatp'],
};

describe('antivirus probe with Microsoft Defender', () => {
  it('takes its own word', async () => {
    expect(await look('rocky-9-server')).toEqual([DEFENDER]);
  });

  it('is off when the daemon does not run, and starts no command', async () => {
    const stopped = { '/proc/1203/stat': undefined, '/proc/1204/stat': undefined };
    const commands = { 'mdatp-health': 'COMMAND_FAILED' as const };
    expect(await look('rocky-9-server', { files: stopped, commands })).toEqual([
      {
        id: 'defender-endpoint',
        name: 'Microsoft Defender',
        realTime: 'off',
        isRunning: false,
        signatures: 'unknown',
        evidence: ['file /usr/bin/mdatp'],
      },
    ]);
  });

  it.each([
    [{ exitCode: 1 }, 'COMMAND_FAILED'],
    [{ stdout: 'ATTENTION: No license found.' }, 'OUTPUT_UNREADABLE'],
    ['COMMAND_TIMED_OUT' as const, 'COMMAND_TIMED_OUT'],
  ])('fails when the command leaves %j', async (result, code) => {
    await expect(look('rocky-9-server', { commands: { 'mdatp-health': result } })).rejects.toMatchObject({ code });
  });
});

const KASPERSKY = {
  id: 'kaspersky',
  name: 'Kaspersky Endpoint Security',
  realTime: 'unknown',
  isRunning: true,
  signatures: 'unknown',
  evidence: ['process kesl', 'service kesl.service', 'file /opt/kaspersky/kesl/bin/kesl-control'],
};

describe('antivirus probe with the products of the plan', () => {
  it('recognises a product by process, service and file, without knowing what it protects', async () => {
    expect(await look('ubuntu-24.04-laptop')).toEqual([KASPERSKY]);
  });

  it('recognises a running product by its service alone', async () => {
    const files = { '/proc/901/stat': undefined, '/opt/kaspersky/kesl/bin/kesl-control': undefined };
    expect(await look('ubuntu-24.04-laptop', { files })).toEqual([
      { ...KASPERSKY, evidence: ['service kesl.service'] },
    ]);
  });

  it('is off when it is installed and nothing of it runs', async () => {
    const files = { '/proc/901/stat': undefined };
    const folders = { '/sys/fs/cgroup/system.slice': [] };
    expect(await look('ubuntu-24.04-laptop', { files, folders })).toEqual([
      { ...KASPERSKY, realTime: 'off', isRunning: false, evidence: KASPERSKY.evidence.slice(2) },
    ]);
  });

  it('finds none in a bare container', async () => {
    expect(await look('container-bare')).toEqual([]);
  });
});
