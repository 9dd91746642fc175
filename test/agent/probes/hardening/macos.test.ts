import { describe, expect, it } from 'vitest';
import { offersSmb1 } from '#agent/probes/hardening/parse-nsmb-conf.ts';
import { hardeningProbe } from '#agent/probes/hardening/probe.ts';
import { hardening } from '#shared/observations/hardening.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost, type HostChanges } from '../changed-host.ts';

async function look(name: string, changes: HostChanges = {}) {
  const seen = await hardeningProbe.read(changeHost(openRecordedHost(name), changes), EMPTY_CONTEXT);
  expect(hardening.parse(seen)).toEqual(seen);
  return seen;
}

function profile(body: string): HostChanges {
  return { commands: { 'plutil-screensaver': { stdout: `<plist version="1.0"><dict>${body}</dict></plist>` } } };
}

describe('hardening probe on macOS', () => {
  it('sees what profiles and settings for everybody say', async () => {
    expect(await look('macos-15-laptop-filevault')).toEqual({
      smb1: 'off',
      autorun: 'not_applicable',
      screenLock: 'on',
      screenLockAfterSeconds: 605,
    });
  });

  it('knows nothing of the screen lock that each user chooses', async () => {
    expect(await look('macos-12-mac-mini-intel')).toEqual({
      smb1: 'on',
      autorun: 'not_applicable',
      screenLock: 'unknown',
    });
  });

  it.each([
    ['<key>askForPassword</key><true/>', { screenLock: 'on' }],
    ['<key>askForPassword</key><integer>0</integer><key>idleTime</key><integer>300</integer>', { screenLock: 'off' }],
    ['<key>askForPassword</key><true/><key>idleTime</key><integer>0</integer>', { screenLock: 'off' }],
    ['<key>idleTime</key><integer>300</integer>', { screenLock: 'unknown' }],
    ['<key>askForPassword</key><string>yes</string>', { screenLock: 'unknown' }],
  ])('reads the profile %s', async (body, want) => {
    expect(await look('macos-15-laptop-filevault', profile(body))).toEqual({
      smb1: 'off',
      autorun: 'not_applicable',
      ...want,
    });
  });

  it('does not call SMB 1 off while the file server runs, of which nobody knows', async () => {
    const path = '/var/db/com.apple.xpc.launchd/disabled.plist';
    const running = '<plist version="1.0"><dict><key>com.apple.smbd</key><false/></dict></plist>';
    for (const text of [running, undefined]) {
      const { smb1 } = await look('macos-15-laptop-filevault', { files: { [path]: text } });
      expect(smb1).toEqual('unknown');
    }
  });
});

describe('offersSmb1()', () => {
  it.each([
    ['nothing, for the default has it', '', true],
    ['a map without it', '[default]\nprotocol_vers_map=6\n', false],
    ['SMB 3 alone', '[DEFAULT]\n  protocol_vers_map = 4\n', false],
    ['a map with it', '[default]\nprotocol_vers_map=7\n', true],
    ['a map for one server only', '[NAS]\nprotocol_vers_map=6\n', true],
    ['the last of two', '[default]\nprotocol_vers_map=7\nprotocol_vers_map=6\n', false],
  ])('with %s', (_, text, want) => {
    expect(offersSmb1(text)).toEqual(want);
  });
});
