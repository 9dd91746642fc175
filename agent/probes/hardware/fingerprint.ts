import { createHash } from 'node:crypto';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { isJunkSerial } from './junk-text.ts';
import { type DmiName, readDeviceTree, readDmi } from './read-dmi.ts';

/** Value of `addr_assign_type` for an address that is burnt in (Documentation/ABI/testing/sysfs-class-net). */
const BURNT_IN = '0';

const FIRMWARE_IDS: readonly (readonly [prefix: string, name: DmiName])[] = [
  ['uuid', 'product_uuid'],
  ['board', 'board_serial'],
  ['serial', 'product_serial'],
];

/**
 * Reads the ids of a Linux machine that outlive a new installation, sorted: `uuid:`, `board:` and `serial:` of the
 * firmware without junk; only if it has none, `mac:` of the built-in network cards.
 *
 * Most ids are there for root only: whoever compares fingerprints must read them with the same right. Empty on other
 * systems, and on a machine that tells nothing (a container); the machine id of the system is not used, as copied disks
 * share it.
 */
export async function readFingerprintIds(host: Host): Promise<readonly string[]> {
  if (host.platform !== 'linux') return [];
  const firmware = await readFirmwareIds(host);
  if (firmware.length > 0) return firmware.toSorted();
  return (await readCardIds(host)).toSorted();
}

/** SHA-256 over the ids, joined by line feeds, base64url without padding: 43 characters. */
export function fingerprintOf(ids: readonly string[]): string {
  return createHash('sha256').update(ids.join('\n')).digest('base64url');
}

async function readFirmwareIds(host: Host): Promise<string[]> {
  const found = await Promise.all(FIRMWARE_IDS.map(async ([prefix, name]) => idOf(prefix, await readDmi(host, name))));
  return [...found.flat(), ...idOf('serial', await readDeviceTree(host, 'serial-number'))];
}

async function readCardIds(host: Host): Promise<string[]> {
  const names = (await absentWhen(UNREADABLE, host.listDir('/sys/class/net'))) ?? [];
  const found = await Promise.all(names.map((name) => readCardId(host, `/sys/class/net/${name}`)));
  return found.flat();
}

/** A card on USB wanders from machine to machine; an address that is not burnt in changes by itself. */
async function readCardId(host: Host, folder: string): Promise<string[]> {
  const device = await absentWhen(UNREADABLE, host.stat(`${folder}/device`));
  const card = await absentWhen(UNREADABLE, host.stat(folder));
  if (device === undefined || /\/usb\d/.test(card?.linkTarget ?? '')) return [];
  const origin = await absentWhen(UNREADABLE, host.readText(`${folder}/addr_assign_type`));
  if (origin?.trim() !== BURNT_IN) return [];
  return idOf('mac', await absentWhen(UNREADABLE, host.readText(`${folder}/address`)));
}

function idOf(prefix: string, text: string | undefined): string[] {
  const id = text?.trim().toLowerCase() ?? '';
  return isJunkSerial(id) ? [] : [`${prefix}:${id}`];
}
