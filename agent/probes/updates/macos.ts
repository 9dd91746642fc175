import * as z from 'zod';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { readPlist } from '../read-plist.ts';
import { isSystemUpdate, parseInstallHistory } from './parse-install-history.ts';
import { parseSoftwareUpdate, type SoftwareUpdateState } from './parse-software-update.ts';
import { type UpdateFacts, updateFactsOf } from './update-facts.ts';

const HISTORY = '/Library/Receipts/InstallHistory.plist';
const SETTINGS = '/Library/Preferences/com.apple.SoftwareUpdate.plist';
const SYSTEM_VERSION = '/System/Library/CoreServices/SystemVersion.plist';
const UNREADABLE_LIST = [...UNREADABLE, 'OUTPUT_TOO_LARGE'] as const;

const systemVersion = z.object({ ProductVersion: z.string().max(64) });

/**
 * Reads how current a Mac is, from what its own update service leaves on the disk: nothing is fetched, and
 * softwareupdate(8), which would ask Apple, is not run.
 *
 * Only updates of macOS count as installations; data such as XProtect's come every week and mend no system. A list of
 * offers that is older than the newest installation says nothing of what waits. Apple marks no offer as one that mends
 * security, and none for a restart: both stay absent.
 */
export async function readMacosUpdates(host: Host): Promise<UpdateFacts> {
  const history = parseInstallHistory(await absentWhen(UNREADABLE_LIST, readPlist(host, HISTORY)));
  const running = systemVersion.safeParse(await absentWhen(UNREADABLE_LIST, readPlist(host, SYSTEM_VERSION)));
  const settings = await absentWhen(UNREADABLE_LIST, readPlist(host, SETTINGS, 'plutil-software-update'));
  const state = parseSoftwareUpdate(settings, running.data?.ProductVersion);
  const lastInstalledAtMs = [...history.filter(isSystemUpdate).map((item) => item.installedAtMs), state?.installedAtMs]
    .filter((atMs) => atMs !== undefined)
    .filter((atMs) => atMs <= host.nowMs())
    .toSorted((left, right) => left - right)
    .at(-1);
  return updateFactsOf('softwareupdate', {
    lastInstalledAtMs,
    lastCheckedAtMs: state?.checkedAtMs,
    pending: pendingOf(state, lastInstalledAtMs),
    isRebootNeeded: undefined,
  });
}

function pendingOf(
  state: SoftwareUpdateState | undefined,
  lastInstalledAtMs: number | undefined,
): Pick<UpdateFacts, 'pendingCount'> {
  if (state?.checkedAtMs === undefined || state.checkedAtMs < (lastInstalledAtMs ?? 0)) return {};
  return { pendingCount: state.offeredCount };
}
