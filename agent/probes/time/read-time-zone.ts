import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';

/** `Area/City`, `UTC`, `Etc/GMT+7`: the form of names in the IANA database. */
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/;

/**
 * Reads the machine's time zone, an IANA name: from the link `/etc/localtime`, which is what programs follow, else
 * from Debian's `/etc/timezone`. Undefined when neither names one (a copied `/etc/localtime`, or UTC without any).
 */
export async function readTimeZone(host: Host): Promise<string | undefined> {
  const link = await absentWhen(UNREADABLE, host.stat('/etc/localtime'));
  const fromLink = /\/zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(link?.linkTarget ?? '')?.[1];
  const name = fromLink ?? (await absentWhen(UNREADABLE, host.readText('/etc/timezone')))?.trim();
  return name !== undefined && name.length <= 64 && ZONE_NAME.test(name) ? name : undefined;
}
