import type { Observation } from '#shared/observations/index.ts';
import { meaningful } from './junk-text.ts';

/** A fixed disk of the hardware observation. */
export type Disk = Observation<'hardware'>['disks'][number];

/** What `/sys/block/<name>` holds, as it was read. */
export interface DiskTexts {
  readonly name: string;
  /** Target of the link `/sys/block/<name>`; tells the bus. */
  readonly linkTarget: string | undefined;
  /** Units of 512 bytes whatever the disk's own block is (Documentation/ABI/stable/sysfs-block). */
  readonly size: string | undefined;
  readonly removable: string | undefined;
  readonly rotational: string | undefined;
  readonly model: string | undefined;
  readonly serial: string | undefined;
  /** `MMC` for soldered memory, `SD` for cards. */
  readonly type: string | undefined;
}

/** Block devices that are no disks: memory, loops, stacks over other disks, drives for discs, boot parts of eMMC. */
const NOT_A_DISK =
  /^(?:loop|ram|zram|dm-|md|sr|fd|nbd|zd|drbd|bcache|mtdblock|rbd)\d|^nvme\d+c\d+n\d+$|^mmcblk\d+(?:boot|rpmb)/;
const SECTOR_BYTES = 512;
const VIRTUAL_NAME = /^(?:vd[a-z]|xvd[a-z])/;
const VIRTUAL_MODEL = /^(?:QEMU|VBOX|VMware|Virtual disk|Msft Virtual)/i;

/** Tells whether a name of `/sys/block` can be a disk at all. */
export function isDiskName(name: string): boolean {
  return !NOT_A_DISK.test(name);
}

/** Makes a disk of its texts; undefined for removable, external (USB) and empty ones. */
export function parseDisk(texts: DiskTexts): Disk | undefined {
  const sectors = Number(/^\s*(\d{1,13})\s*$/.exec(texts.size ?? '')?.[1] ?? 0);
  const isRemovable = texts.removable?.trim() === '1' || texts.type?.trim() === 'SD';
  const isExternal = /\/usb\d/.test(texts.linkTarget ?? '');
  if (sectors === 0 || isRemovable || isExternal) return undefined;
  const model = meaningful(texts.model);
  const serial = meaningful(texts.serial);
  return {
    name: texts.name.slice(0, 64),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
    sizeBytes: sectors * SECTOR_BYTES,
    kind: kindOf(texts, model ?? ''),
  };
}

/** Serial number in `device/vpd_pg80` (SPC-4, 7.8.15): four bytes of head, then ASCII. */
export function parseVpdSerial(text: string): string {
  return text.slice(4);
}

function kindOf({ name, rotational }: DiskTexts, model: string): Disk['kind'] {
  if (VIRTUAL_NAME.test(name) || VIRTUAL_MODEL.test(model)) return 'virtual';
  if (name.startsWith('nvme')) return 'nvme';
  if (rotational === undefined) return 'unknown';
  return rotational.trim() === '1' ? 'hdd' : 'ssd';
}
