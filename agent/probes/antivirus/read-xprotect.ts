import * as z from 'zod';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { readPlist } from '../read-plist.ts';
import { parseInstallHistory } from '../updates/parse-install-history.ts';

const HISTORY = '/Library/Receipts/InstallHistory.plist';
const DATA_NAME = 'XProtectPlistConfigData';

/** Where its data lie: the place macOS 15 and newer look at first, then the only one before. */
const BUNDLES = [
  '/var/protected/xprotect/XProtect.bundle',
  '/Library/Apple/System/Library/CoreServices/XProtect.bundle',
];

const information = z.object({ CFBundleShortVersionString: z.string().min(1).max(64) });

/**
 * Reads which data XProtect has, the antivirus that is part of macOS (Apple Platform Security, "Protecting against
 * malware in macOS").
 *
 * It looks at programs when they first start, when they were changed, and when its data are renewed: not at every file
 * that is used, and it tells nobody whether it does. So its protection is `unknown`, and the collector's catalogue may
 * decide otherwise. The date of the data is the day they were installed: Apple publishes no other.
 *
 * @returns undefined when there are no such data
 */
export async function readXprotect(host: Host): Promise<AntivirusProduct | undefined> {
  const installed = parseInstallHistory(
    await absentWhen([...UNREADABLE, 'OUTPUT_TOO_LARGE'], readPlist(host, HISTORY)),
  ).filter(({ name }) => name === DATA_NAME);
  const bundle = await findBundle(host);
  if (bundle === undefined) return undefined;
  const version = bundle.version ?? installed.at(-1)?.version;
  // The same data may have been installed twice, and must not look younger than they are.
  const installedAtMs = installed.find((item) => item.version === version)?.installedAtMs ?? bundle.changedAtMs;
  return {
    id: 'xprotect',
    name: 'XProtect',
    ...(version === undefined || version === '' ? {} : { version }),
    realTime: 'unknown',
    signatures: 'unknown',
    ...(installedAtMs > host.nowMs() ? {} : { signaturesAt: new Date(installedAtMs).toISOString() }),
    evidence: [`file ${bundle.path}`],
  };
}

interface Bundle {
  readonly path: string;
  readonly changedAtMs: number;
  /** Absent where the file is binary; the history of installations knows it then. */
  readonly version?: string;
}

async function findBundle(host: Host): Promise<Bundle | undefined> {
  for (const path of BUNDLES) {
    const file = `${path}/Contents/Info.plist`;
    const status = await absentWhen(UNREADABLE, host.stat(file));
    if (status === undefined) continue;
    const parsed = information.safeParse(await absentWhen(UNREADABLE, readPlist(host, file)));
    const version = parsed.data?.CFBundleShortVersionString;
    return { path, changedAtMs: status.modifiedAtMs, ...(version === undefined ? {} : { version }) };
  }
  return undefined;
}
