import { createHash } from 'node:crypto';
import type { Host } from '../../host/host.ts';
import { parseRegQuery } from '../../host/parse-reg-query.ts';
import { absentWhen, UNANSWERED, UNREADABLE } from '../absent-when.ts';
import { isJunkSerial } from './junk-text.ts';
import { parseSmbios } from './parse-smbios.ts';
import { type DmiName, readDeviceTree, readDmi } from './read-dmi.ts';
import { readMacosIds } from './read-macos-ids.ts';

/** Value of `addr_assign_type` for an address that is burnt in (Documentation/ABI/testing/sysfs-class-net). */
const BURNT_IN = '0';

const FIRMWARE_IDS: readonly (readonly [prefix: string, name: DmiName])[] = [
  ['uuid', 'product_uuid'],
  ['board', 'board_serial'],
  ['serial', 'product_serial'],
];

/**
 * Reads the ids of a machine that outlive a new installation, sorted: `uuid:`, `board:` and `serial:` of the firmware
 * without junk; only if it has none, on Linux, `mac:` of the built-in network cards. They are the same under Windows and
 * under Linux.
 *
 * On Linux most ids are there for root only: whoever compares fingerprints must read them with the same right. Empty on
 * a machine that tells nothing (a container); the machine id of the system is not used, as copied disks share it.
 */
export async function readFingerprintIds(host: Host): Promise<readonly string[]> {
  if (host.platform === 'win32') return (await readWindowsIds(host)).toSorted();
  if (host.platform === 'darwin') return readMacosIds(host);
  const firmware = await readFirmwareIds(host);
  if (firmware.length > 0) return firmware.toSorted();
  return (await readCardIds(host)).toSorted();
}

/** SHA-256 over the ids, joined by line feeds, base64url without padding: 43 characters. */
export function fingerprintOf(ids: readonly string[]): string {
  return createHash('sha256').update(ids.join('\n')).digest('base64url');
}

/** The firmware's own table: the texts that CIM makes of it are cut and translated by some providers. */
async function readWindowsIds(host: Host): Promise<string[]> {
  const result = await absentWhen(UNANSWERED, host.run('reg-smbios'));
  const [values = {}] = Object.values(parseRegQuery(result?.stdout ?? ''));
  const { systemUuid, boardSerial, systemSerial } = parseSmbios(Buffer.from(values['SMBiosData'] ?? '', 'hex'));
  return [...idOf('uuid', systemUuid), ...idOf('board', boardSerial), ...idOf('serial', systemSerial)];
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
