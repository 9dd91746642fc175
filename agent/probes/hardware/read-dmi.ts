import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';

/** Names of `/sys/class/dmi/id` the agent reads; serial numbers and the UUID are there for root only. */
export type DmiName =
  | 'bios_date'
  | 'bios_vendor'
  | 'bios_version'
  | 'board_serial'
  | 'chassis_serial'
  | 'chassis_type'
  | 'product_name'
  | 'product_serial'
  | 'product_uuid'
  | 'product_version'
  | 'sys_vendor';

/** Reads one field of the firmware's DMI table as it is; undefined when it is missing or not for this account. */
export function readDmi(host: Host, name: DmiName): Promise<string | undefined> {
  return absentWhen(UNREADABLE, host.readText(`/sys/class/dmi/id/${name}`));
}

/** Reads one text of the device tree (ARM and other boards without DMI); it ends in NUL, which is left out. */
export async function readDeviceTree(host: Host, name: 'model' | 'serial-number'): Promise<string | undefined> {
  const text = await absentWhen(UNREADABLE, host.readText(`/proc/device-tree/${name}`));
  return text?.replaceAll('\0', '');
}
