import * as z from 'zod';

const entry = z.object({
  date: z.string().max(40),
  displayName: z.string().max(256).default(''),
  displayVersion: z.string().max(64).default(''),
  contentType: z.string().max(64).optional(),
});

/** One line of the history of installations. */
export interface InstalledItem {
  readonly name: string;
  readonly version: string;
  readonly installedAtMs: number;
  /** Data of the system (XProtect, Gatekeeper …), which make no system current. */
  readonly isData: boolean;
}

/** Names of updates of the system itself; Apple writes them in English in every language. */
const SYSTEM_UPDATE = /^(?:macOS|Mac OS X|OS X|Security Update)\b/;

/**
 * Reads the items of `/Library/Receipts/InstallHistory.plist`, a list that Installer and softwareupdate append to, in
 * its order. What is not of the form is skipped: programs of other makers write to it, too.
 */
export function parseInstallHistory(list: unknown): InstalledItem[] {
  return (Array.isArray(list) ? list : []).flatMap((item) => {
    const parsed = entry.safeParse(item);
    const installedAtMs = Date.parse(parsed.data?.date ?? '');
    if (!parsed.success || Number.isNaN(installedAtMs)) return [];
    const { displayName: name, displayVersion: version, contentType } = parsed.data;
    return [{ name, version, installedAtMs, isData: contentType === 'config-data' }];
  });
}

/** Tells whether an item brought the system itself forward; Safari and tools alone do not. */
export function isSystemUpdate({ name, isData }: InstalledItem): boolean {
  return !isData && SYSTEM_UPDATE.test(name);
}
