import { meaningful } from './junk-text.ts';
import type { Disk } from './parse-disk.ts';
import type { WindowsHardwareFacts } from './windows.ts';

/** Most disks one observation holds. */
const MAX_DISKS = 64;
/** BusType of MSFT_PhysicalDisk (its class reference): IEEE 1394, USB and cards are carried about. */
const REMOVABLE_BUSES = new Set([4, 7, 12]);
const VIRTUAL_BUSES = new Set([14, 15]);
const NVME_BUS = 17;
/** MediaType of MSFT_PhysicalDisk; 0 is not specified, 5 storage-class memory. */
const MEDIA_KINDS: Readonly<Record<number, Disk['kind']>> = { 3: 'hdd', 4: 'ssd' };
const VIRTUAL_MODEL = /^(?:QEMU|VBOX|VMware|Virtual disk|Msft Virtual|Microsoft Virtual|Red Hat VirtIO)/i;
/** Unlike MSFT_PhysicalDisk, Win32_DiskDrive writes its types as texts, and these are the same in every language. */
const FIXED_MEDIA = /^Fixed hard disk/i;

/**
 * Fixed disks, sorted by name: of MSFT_PhysicalDisk, which knows their kind, or of Win32_DiskDrive where that one knows
 * none. Names are those of the system, `PhysicalDrive0`.
 */
export function describeWindowsDisks({ disks, drives }: Pick<WindowsHardwareFacts, 'disks' | 'drives'>): Disk[] {
  const found = disks.length > 0 ? disks.flatMap(ofPhysicalDisk) : drives.flatMap(ofDrive);
  return found.toSorted((left, right) => (left.name < right.name ? -1 : 1)).slice(0, MAX_DISKS);
}

function ofPhysicalDisk(disk: WindowsHardwareFacts['disks'][number]): Disk[] {
  const { busType = 0, mediaType = 0, sizeBytes = 0 } = disk;
  if (REMOVABLE_BUSES.has(busType) || sizeBytes <= 0) return [];
  const model = meaningful(disk.model ?? disk.friendlyName);
  const media = MEDIA_KINDS[mediaType] ?? 'unknown';
  const isVirtual = VIRTUAL_BUSES.has(busType) || VIRTUAL_MODEL.test(model ?? '');
  return [diskOf(disk, { model, kind: isVirtual ? 'virtual' : busType === NVME_BUS ? 'nvme' : media })];
}

function ofDrive(drive: WindowsHardwareFacts['drives'][number]): Disk[] {
  const { sizeBytes = 0, deviceId = '', interfaceType = '' } = drive;
  const isRemovable = interfaceType === 'USB' || /^(?:USBSTOR|SD)\\/i.test(deviceId);
  if (isRemovable || sizeBytes <= 0 || !FIXED_MEDIA.test(drive.mediaType ?? '')) return [];
  const model = meaningful(drive.model);
  const isNvme = /NVME/i.test(deviceId);
  const kind = VIRTUAL_MODEL.test(model ?? '') ? 'virtual' : isNvme ? 'nvme' : 'unknown';
  return [diskOf({ ...drive, name: drive.index === undefined ? undefined : String(drive.index) }, { model, kind })];
}

function diskOf(
  disk: {
    readonly name: string | undefined;
    readonly serial: string | undefined;
    readonly sizeBytes: number | undefined;
  },
  { model, kind }: { readonly model: string | undefined; readonly kind: Disk['kind'] },
): Disk {
  const serial = meaningful(disk.serial);
  return {
    name: `PhysicalDrive${disk.name ?? ''}`.slice(0, 64),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
    sizeBytes: Math.round(disk.sizeBytes ?? 0),
    kind,
  };
}
