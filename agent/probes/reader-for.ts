import type { Platform } from '#shared/enrolment.ts';
import type { Host } from '../host/host.ts';

/**
 * Picks a probe's reader for the system of the host; `platforms` of the probe lists the same systems.
 *
 * @throws {RangeError} when the probe was run where it has no reader
 */
export function readerFor<Reader>(host: Host, readers: { readonly [P in Platform]?: Reader }): Reader {
  const reader = readers[host.platform];
  if (reader === undefined) throw new RangeError(`No reader for the platform: current value is "${host.platform}"`);
  return reader;
}
