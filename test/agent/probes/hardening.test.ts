import { describe, expect, it } from 'vitest';
import { hardeningProbe } from '#agent/probes/hardening/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';
import { changeHost, type HostChanges } from './changed-host.ts';

async function look(name: string, changes: HostChanges = {}) {
  const seen = await hardeningProbe.read(changeHost(openRecordedHost(name), changes), EMPTY_CONTEXT);
  expect(OBSERVATIONS.hardening.parse(seen)).toEqual(seen);
  return seen;
}

describe('hardening probe', () => {
  it('says unknown for what each user of the desktop may choose', async () => {
    expect(await look('debian-12-desktop')).toEqual({
      smb1: 'not_applicable',
      autorun: 'unknown',
      screenLock: 'unknown',
      rootPasswordLogin: 'off',
    });
  });

  it('reads what the administrator locked', async () => {
    expect(await look('ubuntu-24.04-laptop')).toEqual({
      smb1: 'not_applicable',
      autorun: 'off',
      screenLock: 'on',
      screenLockAfterSeconds: 630,
      rootPasswordLogin: 'not_applicable',
    });
  });

  it('sees SMB 1 and the password of root on a server without a desktop', async () => {
    expect(await look('rocky-9-server')).toEqual({
      smb1: 'on',
      autorun: 'not_applicable',
      screenLock: 'not_applicable',
      rootPasswordLogin: 'on',
    });
  });

  it('has nothing to say of a bare container', async () => {
    expect(await look('container-bare')).toEqual({
      smb1: 'not_applicable',
      autorun: 'not_applicable',
      screenLock: 'not_applicable',
      rootPasswordLogin: 'not_applicable',
    });
  });
});

describe('SMB 1', () => {
  it.each([
    ['[global]\n', 'off'],
    [undefined, 'off'],
    ['[global]\nserver min protocol = SMB2_02\n', 'off'],
    ['[global]\n  Server Min  Protocol = \\\n nt1\n', 'on'],
    ['min protocol = LANMAN1\n', 'on'],
    ['[global]\nserver min protocol = NT1\nserver min protocol = SMB3\n', 'off'],
    ['[global]\n; server min protocol = NT1\n# min protocol = NT1\n', 'off'],
    ['[scans]\nserver min protocol = NT1\n', 'off'],
    ['[global]\nserver min protocol = default\n', 'off'],
    ['[global]\nserver min protocol = whatever\n', 'unknown'],
    ['[global]\nconfig backend = registry\n', 'unknown'],
    ['[global]\ninclude = /etc/samba/%m.conf\n', 'unknown'],
  ])('with smb.conf %j is %s', async (text, smb1) => {
    expect(await look('rocky-9-server', { files: { '/etc/samba/smb.conf': text } })).toMatchObject({ smb1 });
  });
});

describe('the desktop', () => {
  const KEYS = '/etc/dconf/db/local.d/00-security';
  const LOCKS = '/etc/dconf/db/local.d/locks/security';
  const unknown = { autorun: 'unknown', screenLock: 'unknown' };

  it.each([
    ['a profile that names no system database', { '/etc/dconf/profile/user': 'user-db:user\n' }, unknown],
    ['a database that was never compiled', { '/etc/dconf/db/local': undefined }, unknown],
    ['values without locks', { [LOCKS]: '' }, unknown],
    [
      'a locked autorun',
      { [KEYS]: '[org/gnome/desktop/media-handling]\nautorun-never=false\n' },
      { autorun: 'on', screenLock: 'unknown' },
    ],
    [
      'a screen that never goes idle',
      { [KEYS]: '[org/gnome/desktop/session]\nidle-delay=uint32 0\n' },
      { autorun: 'unknown', screenLock: 'off' },
    ],
    [
      'a lock that is off',
      { [KEYS]: '[org/gnome/desktop/screensaver]\nlock-enabled=false\n' },
      { autorun: 'unknown', screenLock: 'off' },
    ],
    ['a broken key file', { [KEYS]: '[[[\n=\nlock-enabled=true\n' }, unknown],
  ])('judges %s', async (_what, files, seen) => {
    const { smb1: _smb1, rootPasswordLogin: _root, ...desktop } = await look('ubuntu-24.04-laptop', { files });
    expect(desktop).toEqual(seen);
  });

  it('says no delay when the user may choose it', async () => {
    const locks = '/org/gnome/desktop/session/idle-delay\n/org/gnome/desktop/screensaver/lock-enabled\n';
    const {
      smb1: _smb1,
      rootPasswordLogin: _root,
      ...desktop
    } = await look('ubuntu-24.04-laptop', {
      files: { [LOCKS]: locks },
    });
    expect(desktop).toEqual({ autorun: 'unknown', screenLock: 'on' });
  });

  it('cannot tell another desktop beside it, which keeps its settings with each user', async () => {
    const folders = { '/usr/share/xsessions': ['xfce.desktop'] };
    expect(await look('ubuntu-24.04-laptop', { folders })).toMatchObject(unknown);
  });

  it.each([
    ['[Daemon][$i]\nAutolock=true\nTimeout=10\nLockGrace=5\n', { screenLock: 'on', screenLockAfterSeconds: 605 }],
    ['[Daemon]\nAutolock[$i]=true\nTimeout=10\n', { screenLock: 'on' }],
    ['[Daemon]\nAutolock[$i]=false\n', { screenLock: 'off' }],
    ['[Daemon]\nAutolock=false\n', { screenLock: 'unknown' }],
    [undefined, { screenLock: 'unknown' }],
  ])('reads KDE with %j', async (text, seen) => {
    const folders = { '/usr/share/xsessions': ['plasma.desktop'] };
    const files = { '/etc/xdg/kscreenlockerrc': text };
    expect(await look('container-bare', { folders, files })).toEqual({
      smb1: 'not_applicable',
      autorun: 'unknown',
      ...seen,
      rootPasswordLogin: 'not_applicable',
    });
  });
});

describe('root over SSH', () => {
  it.each([
    ['PermitRootLogin yes\n', 'on'],
    ['permitrootlogin=yes # for the backup\n', 'on'],
    ['PermitRootLogin "yes"\n', 'on'],
    ['PermitRootLogin no\nPermitRootLogin yes\n', 'off'],
    ['PermitRootLogin without-password\n', 'off'],
    ['PermitRootLogin yes\nPasswordAuthentication no\n', 'off'],
    ['PermitRootLogin yes\nPasswordAuthentication no\nUsePAM yes\n', 'on'],
    ['PermitRootLogin yes\nPasswordAuthentication no\nUsePAM yes\nKbdInteractiveAuthentication no\n', 'off'],
    ['Match Address 192.0.2.0/24\nPermitRootLogin yes\n', 'unknown'],
    ['Match User backup\nPasswordAuthentication yes\n', 'off'],
    ['PermitRootLogin no\nMatch all\nPermitRootLogin yes\n', 'off'],
    ['# PermitRootLogin yes\n', 'off'],
    ['\0\n"\nPermitRootLogin\n', 'off'],
    [undefined, 'off'],
  ])('with sshd_config %j is %s', async (text, rootPasswordLogin) => {
    const files = { '/etc/ssh/sshd_config': text };
    expect(await look('debian-12-desktop', { files })).toMatchObject({ rootPasswordLogin });
  });

  it('takes the value of an included file before that of the file itself', async () => {
    const files = {
      '/etc/ssh/sshd_config': 'Include sshd_config.d/*.conf\nPermitRootLogin no\n',
      '/etc/ssh/sshd_config.d/10-local.conf': 'PermitRootLogin yes\n',
      '/etc/ssh/sshd_config.d/20-off.conf.bak': 'PermitRootLogin no\n',
    };
    const folders = { '/etc/ssh/sshd_config.d': ['10-local.conf', '20-off.conf.bak'] };
    expect(await look('debian-12-desktop', { files, folders })).toMatchObject({ rootPasswordLogin: 'on' });
  });

  it('comes to an end when a file includes itself', async () => {
    const files = { '/etc/ssh/sshd_config': 'Include sshd_config\nPermitRootLogin yes\n' };
    const folders = { '/etc/ssh': ['sshd_config'] };
    expect(await look('debian-12-desktop', { files, folders })).toMatchObject({ rootPasswordLogin: 'on' });
  });
});
