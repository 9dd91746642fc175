import { describe, expect, it } from 'vitest';
import { parseMountinfo } from '#agent/probes/disk-encryption/parse-mountinfo.ts';
import { diskEncryptionProbe } from '#agent/probes/disk-encryption/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';
import { changeHost, type HostChanges } from './changed-host.ts';

async function look(name: string, changes: HostChanges = {}) {
  const seen = await diskEncryptionProbe.read(changeHost(openRecordedHost(name), changes), EMPTY_CONTEXT);
  expect(OBSERVATIONS['disk-encryption'].parse(seen)).toEqual(seen);
  return seen.volumes;
}

/** A machine whose only mount is the root on this device. */
const rootOn = (device: string, fileSystem: string, source: string) => ({
  '/proc/self/mountinfo': `25 1 ${device} / / rw,relatime shared:1 - ${fileSystem} ${source} rw\n`,
});
const LUKS2 = { mount: '/', isSystem: true, method: 'luks2', state: 'encrypted' };
const NONE = { mount: '/', isSystem: true, method: 'none', state: 'not_encrypted' };
const UNKNOWN = { mount: '/', isSystem: true, method: 'unknown', state: 'unknown' };
const UUID = '00112233445566778899aabbccddeeff';

describe('disk-encryption probe', () => {
  it('sees plain partitions, and /home on a disk of its own', async () => {
    expect(await look('debian-12-desktop')).toEqual([NONE, { ...NONE, mount: '/home', isSystem: false }]);
  });

  it('sees LUKS below the root', async () => {
    expect(await look('ubuntu-24.04-laptop')).toEqual([LUKS2]);
  });

  it('goes through a RAID to its disks, and cannot tell a network share', async () => {
    expect(await look('rocky-9-server')).toEqual([NONE, { ...UNKNOWN, mount: '/home', isSystem: false }]);
  });

  it('cannot tell the overlay of a container', async () => {
    expect(await look('container-bare')).toEqual([UNKNOWN]);
  });

  it.each([
    ['LUKS on LVM', { 'dm-1': [`CRYPT-LUKS2-${UUID}-root`, ['dm-0']], 'dm-0': [`LVM-${UUID}`, ['sda2']] }, LUKS2],
    [
      'LVM on LUKS',
      { 'dm-1': [`LVM-${UUID}`, ['dm-0']], 'dm-0': [`CRYPT-LUKS1-${UUID}-pv`, ['sda2']] },
      { ...LUKS2, method: 'luks1' },
    ],
    ['LVM on a plain disk', { 'dm-1': [`LVM-${UUID}`, ['sda2']] }, NONE],
    [
      'LVM over LUKS and a plain disk',
      { 'dm-1': [`LVM-${UUID}`, ['dm-0', 'sdb1']], 'dm-0': [`CRYPT-LUKS2-${UUID}-pv`, ['sda2']] },
      NONE,
    ],
    ['plain dm-crypt', { 'dm-1': ['CRYPT-PLAIN-root', ['sda2']] }, { ...LUKS2, method: 'plain-dm-crypt' }],
    ['another kind of dm-crypt', { 'dm-1': ['CRYPT-TCRYPT-root', ['sda2']] }, { ...LUKS2, method: 'unknown' }],
    ['dm-verity, which does not encrypt', { 'dm-1': [`CRYPT-VERITY-${UUID}-root`, ['sda2']] }, NONE],
    ['a device that is not in /sys', { 'dm-1': [`LVM-${UUID}`, ['gone']] }, UNKNOWN],
    ['devices in a circle', { 'dm-1': [`LVM-${UUID}`, ['dm-1']] }, UNKNOWN],
  ] as const)('judges %s', async (_what, stack, volume) => {
    const files: Record<string, string> = rootOn('253:1', 'ext4', '/dev/mapper/root');
    const folders: Record<string, readonly string[]> = {
      '/sys/class/block/sda2': ['partition'],
      '/sys/class/block/sdb1': ['partition'],
    };
    for (const [name, [uuid, slaves]] of Object.entries(stack)) {
      for (const folder of [`/sys/class/block/${name}`, ...(name === 'dm-1' ? ['/sys/dev/block/253:1'] : [])]) {
        files[`${folder}/dm/uuid`] = `${uuid}\n`;
        folders[folder] = ['dm', 'slaves'];
        folders[`${folder}/slaves`] = slaves;
      }
    }
    expect(await look('container-bare', { files, folders })).toEqual([volume]);
  });

  it('judges btrfs by all of its devices', async () => {
    const files = {
      '/proc/self/mountinfo':
        '25 1 0:27 /@ / rw shared:1 - btrfs /dev/mapper/root rw,subvol=/@\n26 25 0:27 /@home /home rw shared:2 - btrfs /dev/mapper/root rw,subvol=/@home\n',
      '/sys/class/block/dm-0/dm/uuid': `CRYPT-LUKS2-${UUID}-root\n`,
    };
    const links = { '/dev/mapper/root': '../dm-0' };
    const folders = {
      '/sys/class/block/dm-0': ['dm', 'slaves'],
      '/sys/class/block/sdb1': ['partition'],
      '/sys/fs/btrfs': ['features', UUID],
      [`/sys/fs/btrfs/${UUID}/devices`]: ['dm-0'],
    };
    expect(await look('container-bare', { files, links, folders })).toEqual([LUKS2]);
    const withPlain = { ...folders, [`/sys/fs/btrfs/${UUID}/devices`]: ['dm-0', 'sdb1'] };
    expect(await look('container-bare', { files, links, folders: withPlain })).toEqual([NONE]);
  });

  it('cannot tell ZFS', async () => {
    expect(await look('container-bare', { files: rootOn('0:25', 'zfs', 'rpool/ROOT/ubuntu') })).toEqual([UNKNOWN]);
  });

  it('cannot tell a loop device', async () => {
    const files = {
      ...rootOn('7:0', 'ext4', '/dev/loop0'),
      '/sys/dev/block/7:0/loop/backing_file': '/images/root.img\n',
    };
    const folders = { '/sys/dev/block/7:0': ['loop', 'slaves'] };
    expect(await look('container-bare', { files, folders })).toEqual([UNKNOWN]);
  });

  it('fails when the kernel names no root', async () => {
    const files = { '/proc/self/mountinfo': '' };
    await expect(look('container-bare', { files })).rejects.toMatchObject({ code: 'OUTPUT_UNREADABLE' });
  });
});

describe('parseMountinfo()', () => {
  it('reads optional fields, octal escapes, and lines in order', () => {
    const text =
      '34 28 8:33 / /media/USB\\040DISK rw - vfat /dev/sdc1 rw\n35 28 0:5 / /dev rw,nosuid shared:2 master:3 propagate_from:1 - devtmpfs udev rw\n';
    expect(parseMountinfo(text)).toEqual([
      { device: '8:33', mountPoint: '/media/USB DISK', fileSystem: 'vfat', source: '/dev/sdc1' },
      { device: '0:5', mountPoint: '/dev', fileSystem: 'devtmpfs', source: 'udev' },
    ]);
  });

  it('skips lines that are none', () => {
    expect(parseMountinfo('\n1 2 3\n - \nx - y z\n')).toEqual([]);
  });
});
