import type { Host } from '../../host/host.ts';
import { absentWhen, UNANSWERED } from '../absent-when.ts';
import { type ClockZone, localToUtcMs, parseFixedOffset, type WallClock } from '../time/local-to-utc.ts';
import { readTimeZone } from '../time/read-time-zone.ts';
import { type PendingUpdates, parseAptHistory, parseAptUpgradable, parseDpkgLog } from './parse-apt.ts';
import { readChange, readNewestChange } from './read-newest-change.ts';
import { readRebootNeeded } from './read-reboot.ts';
import { countWhenChanged, previousInstallMs, type UpdateFacts, updateFactsOf } from './update-facts.ts';

/** State of every package; it is written anew by each installation. */
const DPKG_STATUS = '/var/lib/dpkg/status';
/** Names in it change whenever a newer list was fetched. */
const APT_LISTS = '/var/lib/apt/lists';
/** Touched after a successful `apt update`: by Ubuntu's update-notifier, and by apt's own daily job. */
const CHECK_STAMPS = ['/var/lib/apt/periodic/update-success-stamp', '/var/lib/apt/periodic/update-stamp'];
/** A month of logs on a machine that was just set up. */
const MAX_LOG_BYTES = 8_388_608;
const UNREADABLE_LOG = ['HOST_FILE_DENIED', 'HOST_READ_FAILED', 'OUTPUT_TOO_LARGE'] as const;

/** Tells whether packages are kept by dpkg and apt. */
export async function hasApt(host: Host): Promise<boolean> {
  return (await readChange(host, DPKG_STATUS)) !== undefined;
}

/**
 * Reads how current a Debian or Ubuntu machine is.
 *
 * apt logs the machine's wall clock without an offset: it is read in the machine's time zone of today. Only a run
 * that upgraded something counts as an installation, as one new package makes nothing current; the change of a folder
 * is therefore never taken for one. apt's log is packed every month: then the earlier observation is kept, and without
 * one dpkg's own log of the month before is read.
 */
export async function readAptUpdates(host: Host, previous: UpdateFacts | undefined): Promise<UpdateFacts> {
  const listsAtMs = await readChange(host, APT_LISTS);
  const state = `apt ${listsAtMs ?? 0} ${(await readChange(host, DPKG_STATUS)) ?? 0}`;
  return updateFactsOf('apt', {
    lastInstalledAtMs: await readLastUpgrade(host, previous),
    lastCheckedAtMs: await readLastCheck(host),
    // Lists that were never fetched offer nothing, which is not the same as nothing to install.
    pending: (await hasLists(host)) ? await countWhenChanged(state, previous, () => countPending(host)) : {},
    isRebootNeeded: await readRebootNeeded(host),
  });
}

async function readLastUpgrade(host: Host, previous: UpdateFacts | undefined): Promise<number | undefined> {
  const logged = await readLog(host, '/var/log/apt/history.log', parseAptHistory);
  return logged ?? previousInstallMs('apt', previous) ?? (await readLog(host, '/var/log/dpkg.log.1', parseDpkgLog));
}

async function readLog(
  host: Host,
  path: string,
  parse: (text: string) => WallClock | undefined,
): Promise<number | undefined> {
  const text = await absentWhen(UNREADABLE_LOG, host.readText(path, { maxBytes: MAX_LOG_BYTES }));
  const clock = parse(text ?? '');
  return clock === undefined ? undefined : localToUtcMs(clock, await readClockZone(host));
}

async function readClockZone(host: Host): Promise<ClockZone> {
  const fixedOffsetMs = parseFixedOffset((await absentWhen(UNREADABLE_LOG, host.readText('/etc/localtime'))) ?? '');
  if (fixedOffsetMs !== undefined) return { fixedOffsetMs };
  const name = await readTimeZone(host);
  return name === undefined ? {} : { name };
}

async function readLastCheck(host: Host): Promise<number | undefined> {
  return readNewestChange(host, (await hasLists(host)) ? [...CHECK_STAMPS, APT_LISTS] : CHECK_STAMPS);
}

async function hasLists(host: Host): Promise<boolean> {
  const names = (await absentWhen(UNREADABLE_LOG, host.listDir(APT_LISTS))) ?? [];
  return names.some((name) => /_(?:In)?Release$/.test(name));
}

async function countPending(host: Host): Promise<PendingUpdates | undefined> {
  const result = await absentWhen(UNANSWERED, host.run('apt-list-upgradable'));
  return result?.exitCode === 0 ? parseAptUpgradable(result.stdout) : undefined;
}
