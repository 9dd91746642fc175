import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { Host, PathStatus } from '../../host/host.ts';
import { absentWhen, UNANSWERED, UNREADABLE } from '../absent-when.ts';
import { readPlist } from '../read-plist.ts';
import { parseSysctlMachine } from './parse-sysctl-machine.ts';

/** What sw_vers(1) prints, as Apple keeps it; on the sealed system volume, so nobody else writes it. */
const SYSTEM_VERSION = '/System/Library/CoreServices/SystemVersion.plist';
/** Made empty when the first account was set up, and never touched again. */
const SETUP_DONE = '/var/db/.AppleSetupDone';

const systemVersion = z.object({
  ProductName: z.string().min(1).max(64),
  ProductVersion: z.string().min(1).max(64),
  ProductUserVisibleVersion: z.string().min(1).max(64).optional(),
  ProductBuildVersion: z.string().min(1).max(64).optional(),
});

/**
 * Reads which macOS runs, from its own file. The version is the whole number (`15.3.1`, `10.15.7`); life cycles are
 * per major version.
 *
 * The architecture never changes under an installed system, so a process is started for it only once. The language
 * lies in a binary file and is worth no process: it stays absent.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE without a readable version
 */
export async function readMacosOs(host: Host, previous: Observation<'os'> | undefined): Promise<Observation<'os'>> {
  const parsed = systemVersion.safeParse(await readPlist(host, SYSTEM_VERSION));
  if (!parsed.success) {
    throw new TramdoError('OUTPUT_UNREADABLE', `Cannot understand "${SYSTEM_VERSION}"`, { cause: parsed.error });
  }
  const { ProductName, ProductVersion, ProductUserVisibleVersion, ProductBuildVersion } = parsed.data;
  const version = ProductUserVisibleVersion ?? ProductVersion;
  const installedAtMs = setupInstant(await absentWhen(UNREADABLE, host.stat(SETUP_DONE)), host.nowMs());
  return {
    family: 'macos',
    id: 'macos',
    name: `${ProductName} ${version}`.slice(0, 128),
    version,
    ...(ProductBuildVersion === undefined ? {} : { build: ProductBuildVersion }),
    architecture: await readArchitecture(host, previous),
    ...(installedAtMs === undefined ? {} : { installedAt: new Date(installedAtMs).toISOString() }),
  };
}

async function readArchitecture(host: Host, previous: Observation<'os'> | undefined): Promise<string> {
  const known = previous?.family === 'macos' ? previous.architecture : 'unknown';
  if (known !== 'unknown') return known;
  return parseSysctlMachine((await absentWhen(UNANSWERED, host.run('sysctl-machine')))?.stdout ?? '') ?? 'unknown';
}

function setupInstant(status: PathStatus | undefined, nowMs: number): number | undefined {
  const atMs = status?.createdAtMs ?? status?.modifiedAtMs;
  return atMs === undefined || atMs > nowMs ? undefined : atMs;
}
