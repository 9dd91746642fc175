import type { Host } from '../../host/host.ts';
import { absentWhen, UNANSWERED } from '../absent-when.ts';
import { isJunkSerial } from './junk-text.ts';
import { parseIoregText } from './parse-ioreg-text.ts';

/** Properties of IOPlatformExpertDevice by the prefix of their id, as the other systems have them. */
const IDS: readonly (readonly [prefix: string, property: string])[] = [
  ['uuid', 'IOPlatformUUID'],
  ['serial', 'IOPlatformSerialNumber'],
];

/**
 * Reads the ids of a Mac that outlive a new installation, sorted: `serial:` and `uuid:` in lower case, without junk.
 *
 * Every account may read them. Empty when `ioreg` does not answer.
 */
export async function readMacosIds(host: Host): Promise<readonly string[]> {
  const printed = (await absentWhen(UNANSWERED, host.run('ioreg-platform')))?.stdout ?? '';
  const ids = IDS.flatMap(([prefix, property]) => {
    const id = parseIoregText(printed, property)?.trim().toLowerCase() ?? '';
    return isJunkSerial(id) ? [] : [`${prefix}:${id}`];
  });
  return ids.toSorted();
}
