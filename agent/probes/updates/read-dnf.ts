import type { Host } from '../../host/host.ts';
import { absentWhen, UNANSWERED, UNREADABLE } from '../absent-when.ts';
import { parseDnfCheckUpdate, parseDnfRpmLog, parseDnfSecurityList } from './parse-dnf.ts';
import { readNewestChange } from './read-newest-change.ts';
import { readRebootNeeded } from './read-reboot.ts';
import { countWhenChanged, previousInstallMs, type UpdateFacts, updateFactsOf } from './update-facts.ts';

/**
 * Where rpm keeps its database: SQLite since RHEL 9, Berkeley DB before, and the newer place of Fedora. SQLite's log
 * beside it is left out, as reading touches it.
 */
const RPM_DATABASES = ['/var/lib/rpm/rpmdb.sqlite', '/var/lib/rpm/Packages', '/usr/lib/sysimage/rpm/rpmdb.sqlite'];
const DNF_MARKS = ['/usr/bin/dnf', '/etc/dnf/dnf.conf'];
/** Caches of dnf 4 and dnf 5; each repository has a folder in them. */
const CACHES = ['/var/cache/dnf', '/var/cache/libdnf5'];
/** Touched when `dnf makecache --timer` ended well. */
const CHECK_STAMP = '/var/cache/dnf/last_makecache';
/** The newest log first; dnf starts another one at 1 MB. */
const LOGS = ['/var/log/dnf.rpm.log', '/var/log/dnf.rpm.log.1'];
const MAX_LOG_BYTES = 4_194_304;
const UNREADABLE_LOG = [...UNREADABLE, 'OUTPUT_TOO_LARGE'] as const;
/** What `check-update` ends with when there are updates (dnf(8)). */
const UPDATES_WAIT = 100;

/** Tells whether packages are kept by rpm and dnf. */
export async function hasDnf(host: Host): Promise<boolean> {
  return (
    (await readNewestChange(host, RPM_DATABASES)) !== undefined &&
    (await readNewestChange(host, DNF_MARKS)) !== undefined
  );
}

/**
 * Reads how current a machine of the Red Hat family is, from the logs and lists already on its disk: nothing is fetched.
 *
 * Only an upgrade in the log counts as an installation. dnf 5 has no such log: then the date is not known.
 */
export async function readDnfUpdates(host: Host, previous: UpdateFacts | undefined): Promise<UpdateFacts> {
  const listsAtMs = await readNewestChange(host, await listRepositoryIndexes(host));
  const state = `dnf ${listsAtMs ?? 0} ${(await readNewestChange(host, RPM_DATABASES)) ?? 0}`;
  const stampAtMs = await readNewestChange(host, [CHECK_STAMP]);
  return updateFactsOf('dnf', {
    lastInstalledAtMs: (await readLastUpgrade(host)) ?? previousInstallMs('dnf', previous),
    lastCheckedAtMs: listsAtMs === undefined ? stampAtMs : Math.max(listsAtMs, stampAtMs ?? 0),
    // dnf ends with an error when it may not fetch lists that it lacks.
    pending: listsAtMs === undefined ? {} : await countWhenChanged(state, previous, () => countPending(host)),
    isRebootNeeded: await readRebootNeeded(host),
  });
}

async function listRepositoryIndexes(host: Host): Promise<string[]> {
  const found = await Promise.all(
    CACHES.map(async (cache) => {
      const names = (await absentWhen(UNREADABLE, host.listDir(cache))) ?? [];
      return names.map((name) => `${cache}/${name}/repodata/repomd.xml`);
    }),
  );
  return found.flat();
}

async function readLastUpgrade(host: Host): Promise<number | undefined> {
  for (const path of LOGS) {
    const text = await absentWhen(UNREADABLE_LOG, host.readText(path, { maxBytes: MAX_LOG_BYTES }));
    const upgradedAtMs = parseDnfRpmLog(text ?? '');
    if (upgradedAtMs !== undefined) return upgradedAtMs;
  }
  return undefined;
}

async function countPending(host: Host): Promise<{ pendingCount: number; pendingSecurityCount?: number } | undefined> {
  const list = await absentWhen(UNANSWERED, host.run('dnf-check-update'));
  if (list?.exitCode === 0) return { pendingCount: 0, pendingSecurityCount: 0 };
  if (list?.exitCode !== UPDATES_WAIT) return undefined;
  const pendingCount = parseDnfCheckUpdate(list.stdout);
  const security = await absentWhen(UNANSWERED, host.run('dnf-list-security'));
  if (security?.exitCode !== 0) return { pendingCount };
  return { pendingCount, pendingSecurityCount: parseDnfSecurityList(security.stdout) };
}
