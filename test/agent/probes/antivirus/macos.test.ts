import { describe, expect, it } from 'vitest';
import { parsePsPrograms } from '#agent/probes/antivirus/parse-ps-programs.ts';
import { antivirusProbe } from '#agent/probes/antivirus/probe.ts';
import { loadCatalogues, productHints } from '#collector/catalogues/catalogues.ts';
import { antivirus } from '#shared/observations/antivirus.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost, type HostChanges } from '../changed-host.ts';

const CONTEXT = { ...EMPTY_CONTEXT, products: productHints(loadCatalogues()) };
const OLD_PLACE = '/Library/Apple/System/Library/CoreServices/XProtect.bundle';

async function look(name: string, changes: HostChanges = {}) {
  const seen = await antivirusProbe.read(changeHost(openRecordedHost(name), changes), CONTEXT);
  expect(antivirus.parse(seen)).toEqual(seen);
  return seen.products;
}

const XPROTECT = { id: 'xprotect', name: 'XProtect', realTime: 'unknown', signatures: 'unknown' };
const SENTINEL = { id: 'sentinelone', name: 'SentinelOne', signatures: 'unknown' };
const SENTINEL_FILE = 'file /Library/Sentinel/sentinel-agent.bundle';
const DEFENDER = { id: 'defender-endpoint', name: 'Microsoft Defender' };

describe('antivirus probe on macOS', () => {
  it('finds XProtect where macOS 15 looks first, and says no more than it knows', async () => {
    expect(await look('macos-15-laptop-filevault')).toEqual([
      {
        ...XPROTECT,
        version: '5331',
        signaturesAt: '2026-03-05T04:08:31.000Z',
        evidence: ['file /var/protected/xprotect/XProtect.bundle'],
      },
    ]);
  });

  it('dates the data of XProtect by their oldest installation, without one by the file', async () => {
    const path = '/Library/Receipts/InstallHistory.plist';
    const again = `<dict><key>date</key><date>2026-02-01T00:00:00Z</date>
      <key>displayName</key><string>XProtectPlistConfigData</string>
      <key>displayVersion</key><string>5331</string></dict>`;
    const text = (await openRecordedHost('macos-15-laptop-filevault').readText(path)) ?? '';
    const files = { [path]: text.replace('<array>', `<array>${again}`) };
    const [first] = await look('macos-15-laptop-filevault', { files });
    expect(first?.signaturesAt).toEqual('2026-02-01T00:00:00.000Z');
    const [second] = await look('macos-12-mac-mini-intel', { files: { [path]: undefined } });
    expect(second?.signaturesAt).toEqual('2025-12-18T01:15:12.000Z');
  });

  it('asks Microsoft Defender, and takes the version of XProtect from the history where its file is binary', async () => {
    expect(await look('macos-14-desktop-defender')).toEqual([
      {
        ...DEFENDER,
        version: '101.25122.0003',
        realTime: 'on',
        isRunning: true,
        signatures: 'up_to_date',
        signaturesAt: '2026-03-09T02:33:01.204Z',
        evidence: ['answer mdatp health', 'process wdavdaemon_enterprise', 'file /usr/local/bin/mdatp'],
      },
      { ...XPROTECT, version: '5328', signaturesAt: '2026-02-12T02:41:00.000Z', evidence: [`file ${OLD_PLACE}`] },
    ]);
  });

  it('does not ask Microsoft Defender when its daemon does not run', async () => {
    const commands = { 'ps-programs': { stdout: '/sbin/launchd\n' } };
    expect((await look('macos-14-desktop-defender', { commands }))[0]).toEqual({
      ...DEFENDER,
      realTime: 'off',
      isRunning: false,
      signatures: 'unknown',
      evidence: ['file /usr/local/bin/mdatp'],
    });
  });

  it('recognises a product by its programs, and sees when none of them runs', async () => {
    const evidence = ['process sentineld', SENTINEL_FILE];
    const found = await look('macos-15-vietnamese-denied');
    expect(found[0]).toEqual({ ...SENTINEL, realTime: 'unknown', isRunning: true, evidence });
    const commands = { 'ps-programs': { stdout: '/sbin/launchd\n(sentineld)\n' } };
    const [stopped] = await look('macos-15-vietnamese-denied', { commands });
    expect(stopped).toEqual({ ...SENTINEL, realTime: 'off', isRunning: false, evidence: [SENTINEL_FILE] });
  });

  it('asks ClamAV by its socket, which protects no file in use on macOS', async () => {
    const changes: HostChanges = {
      files: { '/opt/homebrew/etc/clamav/clamd.conf': 'LocalSocket /tmp/clamd.socket\n' },
      commands: { 'ps-programs': { stdout: '/opt/homebrew/sbin/clamd\n' } },
      answers: { 'zPING\0': 'PONG\0', 'zVERSION\0': 'ClamAV 1.4.2/27932/Mon Mar  9 15:26:41 2026\0' },
    };
    expect((await look('macos-12-mac-mini-intel', changes))[0]).toEqual({
      id: 'clamav',
      name: 'ClamAV',
      version: '1.4.2',
      realTime: 'off',
      isRunning: true,
      signatures: 'unknown',
      // The zone of clamd is not known: the earliest instant the clock time can mean.
      signaturesAt: '2026-03-09T01:26:41.000Z',
      evidence: ['answer /tmp/clamd.socket', 'process clamd'],
    });
  });

  it('fails by name when it cannot see what runs', async () => {
    const commands = { 'ps-programs': { exitCode: 1 } };
    await expect(look('macos-14-desktop-defender', { commands })).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    await expect(
      look('macos-14-desktop-defender', { commands: { 'ps-programs': 'HOST_FILE_DENIED' } }),
    ).rejects.toMatchObject({ code: 'HOST_FILE_DENIED' });
  });

  it('fails by name when Microsoft Defender hangs', async () => {
    const commands = { 'mdatp-health-darwin': 'COMMAND_TIMED_OUT' } as const;
    await expect(look('macos-14-desktop-defender', { commands })).rejects.toMatchObject({ code: 'COMMAND_TIMED_OUT' });
  });

  it('finds nothing where even XProtect is missing', async () => {
    const files = { [`${OLD_PLACE}/Contents/Info.plist`]: undefined };
    expect(await look('macos-12-mac-mini-intel', { files })).toEqual([]);
  });
});

describe('parsePsPrograms()', () => {
  it('keeps the names of living programs, blanks in them included', () => {
    const printed = '/sbin/launchd\n/Applications/A B.app/Contents/MacOS/A B\n-zsh\n(bash)\nkext <defunct>\n\n';
    expect([...parsePsPrograms(printed)]).toEqual(['launchd', 'A B', '-zsh']);
  });
});
