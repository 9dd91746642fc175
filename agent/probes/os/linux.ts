import type { Observation } from '#shared/observations/index.ts';
import type { Host, PathStatus } from '../../host/host.ts';
import { absentWhen, UNANSWERED, UNREADABLE } from '../absent-when.ts';
import { parseDisplayLanguage } from './parse-locale.ts';
import { parseOsRelease } from './parse-os-release.ts';

/** Where the settings of the language lie: Debian and Ubuntu, then systemd. */
const LOCALE_FILES = ['/etc/default/locale', '/etc/locale.conf'];

/**
 * What the installer leaves behind and nobody touches later, surest first: its own logs, then the machine id, which
 * is written once, and the folder mkfs makes, which is older than the installation when a disk was copied.
 */
const INSTALL_MARKS = ['/var/log/installer', '/var/log/anaconda', '/etc/machine-id', '/lost+found'];

/** 1 January 2000: a mark from before it was made by a machine without a clock. */
const EARLIEST_INSTALL_AT_MS = 946_684_800_000;

/**
 * Reads which Linux runs, from os-release(5) and `/proc/sys/kernel`.
 *
 * `version` is VERSION_ID, which life-cycle catalogues know, and not the point release of `/etc/debian_version`. A
 * kernel before 6.1 has no file for its architecture: then `uname -m` is run, and `unknown` if even that is missing.
 */
export async function readLinuxOs(host: Host): Promise<Observation<'os'>> {
  const release = parseOsRelease(
    (await host.readText('/etc/os-release')) ?? (await host.readText('/usr/lib/os-release')) ?? '',
  );
  const { id, name, version, edition } = release;
  const build = (await host.readText('/proc/sys/kernel/osrelease'))?.trim().slice(0, 64);
  const architecture = await readArchitecture(host);
  const installedAtMs = await readInstalledAt(host);
  const displayLanguage = await readDisplayLanguage(host);
  return {
    family: 'linux',
    id,
    name,
    version,
    ...(build === undefined || build === '' ? {} : { build }),
    ...(edition === undefined ? {} : { edition }),
    architecture,
    ...(installedAtMs === undefined ? {} : { installedAt: new Date(installedAtMs).toISOString() }),
    ...(displayLanguage === undefined ? {} : { displayLanguage }),
  };
}

async function readArchitecture(host: Host): Promise<string> {
  const fromKernel = (await host.readText('/proc/sys/kernel/arch'))?.trim();
  if (fromKernel !== undefined && fromKernel !== '') return fromKernel.slice(0, 16);
  const printed = (await absentWhen(UNANSWERED, host.run('uname-machine')))?.stdout.trim() ?? '';
  return printed === '' ? 'unknown' : printed.slice(0, 16);
}

async function readInstalledAt(host: Host): Promise<number | undefined> {
  for (const path of INSTALL_MARKS) {
    const atMs = installInstant(await absentWhen(UNREADABLE, host.stat(path)), host.nowMs());
    if (atMs !== undefined) return atMs;
  }
  return undefined;
}

/** The older of birth and change, as a file that was copied into place is younger than its content. */
function installInstant(status: PathStatus | undefined, nowMs: number): number | undefined {
  if (status === undefined) return undefined;
  const { modifiedAtMs, createdAtMs = modifiedAtMs } = status;
  return [createdAtMs, modifiedAtMs]
    .toSorted((left, right) => left - right)
    .find((atMs) => atMs >= EARLIEST_INSTALL_AT_MS && atMs <= nowMs);
}

async function readDisplayLanguage(host: Host): Promise<string | undefined> {
  for (const path of LOCALE_FILES) {
    const text = await absentWhen(UNREADABLE, host.readText(path));
    if (text !== undefined) return parseDisplayLanguage(text);
  }
  return undefined;
}
