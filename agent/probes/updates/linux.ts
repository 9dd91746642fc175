import type { Host } from '../../host/host.ts';
import { hasApt, readAptUpdates } from './read-apt.ts';
import { hasDnf, readDnfUpdates } from './read-dnf.ts';
import type { UpdateFacts } from './update-facts.ts';

/**
 * Reads how current the packages of a Linux machine are, by what its package manager leaves on the disk.
 *
 * rpm goes first, as its machines may have dpkg as a tool and hardly the other way round. Without a known package
 * manager the source is `unknown` and nothing else is said.
 */
export async function readLinuxUpdates(host: Host, previous: UpdateFacts | undefined): Promise<UpdateFacts> {
  if (await hasDnf(host)) return readDnfUpdates(host, previous);
  if (await hasApt(host)) return readAptUpdates(host, previous);
  return { source: 'unknown' };
}
