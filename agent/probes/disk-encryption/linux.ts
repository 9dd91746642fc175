import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { blockFolder, type Encryption, readEncryption, UNKNOWN_ENCRYPTION, weakestOf } from './block-device.ts';
import { type Mount, parseMountinfo } from './parse-mountinfo.ts';

/** Where a machine keeps what people and services write, when it lies apart from the system. */
const WATCHED = ['/', '/home', '/var'];

/**
 * Reads how the system volume lies on its disks, and those of `/home` and `/var` when they are volumes of their own.
 *
 * A root that is no disk (a container's overlay, a live system, a network share, ZFS) is `unknown`.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE when the kernel names no root
 */
export async function readLinuxDiskEncryption(host: Host): Promise<Observation<'disk-encryption'>> {
  const mounts = parseMountinfo(await readMountinfo(host));
  const watched = WATCHED.flatMap((point) => mounts.findLast(({ mountPoint }) => mountPoint === point) ?? []);
  const root = watched.find(({ mountPoint }) => mountPoint === '/');
  if (root === undefined) throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot find "/" in /proc/self/mountinfo');
  const apart = watched.filter((mount) => mount === root || !isSameVolume(mount, root));
  const volumes = apart.map(async (mount) => ({
    mount: mount.mountPoint,
    isSystem: mount === root,
    ...(await encryptionOf(host, mount)),
  }));
  return { volumes: await Promise.all(volumes) };
}

/**
 * The mounts as process 1 sees them: in the sandbox of the service other mounts hide `/home` (`ProtectHome`). Where
 * process 1 is hidden (`hidepid`), the agent's own.
 */
async function readMountinfo(host: Host): Promise<string> {
  const system = await absentWhen(UNREADABLE, host.readText('/proc/1/mountinfo'));
  return system ?? (await host.readText('/proc/self/mountinfo')) ?? '';
}

function isSameVolume(mount: Mount, root: Mount): boolean {
  return mount.device === root.device || (mount.source === root.source && mount.source.startsWith('/dev/'));
}

async function encryptionOf(host: Host, mount: Mount): Promise<Encryption> {
  if (!mount.device.startsWith('0:')) return readEncryption(host, `/sys/dev/block/${mount.device}`);
  const name = await deviceName(host, mount.source);
  if (name === undefined) return UNKNOWN_ENCRYPTION;
  const members = mount.fileSystem === 'btrfs' ? await btrfsMembers(host, name) : [name];
  return weakestOf(await Promise.all(members.map((member) => readEncryption(host, blockFolder(member)))));
}

/** The kernel's name of a device path; `/dev/mapper` and its like hold links to it. */
async function deviceName(host: Host, path: string): Promise<string | undefined> {
  if (!path.startsWith('/dev/')) return undefined;
  const target = (await host.stat(path))?.linkTarget ?? path;
  const name = target.slice(target.lastIndexOf('/') + 1);
  return (await host.listDir(blockFolder(name))) === undefined ? undefined : name;
}

/** Every device of the btrfs file system one of whose devices this is: bytes lie on any of them. */
async function btrfsMembers(host: Host, name: string): Promise<readonly string[]> {
  for (const id of (await host.listDir('/sys/fs/btrfs')) ?? []) {
    const members = (await host.listDir(`/sys/fs/btrfs/${id}/devices`)) ?? [];
    if (members.includes(name)) return members;
  }
  return [name];
}
