import * as z from 'zod';

const offered = z.object({
  Identifier: z.string().max(256).optional(),
  'Product Key': z.string().max(256).optional(),
  'Display Version': z.string().max(64).optional(),
});

const settings = z.object({
  LastSuccessfulDate: z.string().max(40).optional(),
  LastFullSuccessfulDate: z.string().max(40).optional(),
  LastBackgroundSuccessfulDate: z.string().max(40).optional(),
  RecommendedUpdates: z.array(z.unknown()).default([]),
  InstallDateDictionary: z.record(z.string(), z.unknown()).default({}),
});

/** What softwareupdated keeps of its last look; instants in epoch milliseconds. */
export interface SoftwareUpdateState {
  /** Absent when it never looked with success. */
  readonly checkedAtMs?: number;
  /** Newest installation of a system update; absent before macOS keeps it. */
  readonly installedAtMs?: number;
  /** Updates it offers; upgrades to another major version are none, nor is what is installed already. */
  readonly offeredCount: number;
}

/**
 * Reads `com.apple.SoftwareUpdate.plist`. Its counters (`LastRecommendedUpdatesAvailable`) stay behind after an
 * installation, so the list itself is counted.
 *
 * @param version of the running system; an offer of the same is left from before its installation
 * @returns undefined when it is no such list
 */
export function parseSoftwareUpdate(list: unknown, version: string | undefined): SoftwareUpdateState | undefined {
  const parsed = settings.safeParse(list);
  if (!parsed.success) return undefined;
  const { RecommendedUpdates, InstallDateDictionary, ...dates } = parsed.data;
  const checkedAtMs = newestOf(Object.values(dates));
  const installedAtMs = newestOf(Object.values(InstallDateDictionary));
  const waiting = RecommendedUpdates.filter((item) => isWaiting(item, version));
  return {
    ...(checkedAtMs === undefined ? {} : { checkedAtMs }),
    ...(installedAtMs === undefined ? {} : { installedAtMs }),
    offeredCount: waiting.length,
  };
}

function isWaiting(item: unknown, version: string | undefined): boolean {
  const parsed = offered.safeParse(item);
  if (!parsed.success) return false;
  const { Identifier = '', 'Product Key': productKey = '', 'Display Version': offeredVersion } = parsed.data;
  const isOfSystem = [Identifier, productKey].some((key) => key.startsWith('MSU_UPDATE_'));
  const isUpgrade = [Identifier, productKey].some((key) => key.endsWith('_major'));
  return !isOfSystem || (!isUpgrade && (offeredVersion === undefined || offeredVersion !== version));
}

function newestOf(dates: readonly unknown[]): number | undefined {
  return dates
    .map((date) => (typeof date === 'string' ? Date.parse(date) : Number.NaN))
    .filter((atMs) => !Number.isNaN(atMs))
    .toSorted((left, right) => left - right)
    .at(-1);
}
