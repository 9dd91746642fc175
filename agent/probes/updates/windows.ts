import * as z from 'zod';
import type { Host } from '../../host/host.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsFlag, windowsList, windowsNumber, windowsText } from '../windows-values.ts';
import { fileTimeMs, parseUpdateAgentTime } from './parse-windows-time.ts';
import { previousInstallMs, type UpdateFacts, updateFactsOf } from './update-facts.ts';

/** CurrentState of a package that is installed and in use (CBS; 80 is superseded, 96 waits for a restart). */
const INSTALLED = 112;

const facts = z.object({
  packages: windowsList(
    z.object({ name: windowsText, state: windowsNumber, high: windowsNumber, low: windowsNumber }),
    64,
  ),
  installedAt: windowsText,
  checkedAt: windowsText,
  isUpdateRebootNeeded: windowsFlag,
  isServicingRebootNeeded: windowsFlag,
  wsusServer: windowsText,
  isWsusUsed: windowsFlag,
  isOff: windowsFlag,
});

/** The section `updates` of the inventory. */
export type WindowsUpdateFacts = z.infer<typeof facts>;

/**
 * Reads how current a Windows machine is.
 *
 * The date is that of the newest monthly rollup that is installed and in use: Windows 10 and newer are mended by
 * rollups alone, so definitions of Defender, drivers and .NET make nothing current. Windows 8.1 and older know the date
 * of the last success of the update agent instead. How many updates wait only a search would tell, which costs minutes
 * and the line; and when it was searched last is kept by Windows 8.1 and older alone.
 *
 * @throws {TramdoError} as {@link readWindowsSection}
 */
export async function readWindowsUpdates(host: Host, previous: UpdateFacts | undefined): Promise<UpdateFacts> {
  const found = await readWindowsSection(host, 'updates', facts);
  return describeWindowsUpdates(found, previous);
}

/** Makes the observation; without any date an earlier one is kept, as servicing tidies its packages up. */
export function describeWindowsUpdates(found: WindowsUpdateFacts, previous: UpdateFacts | undefined): UpdateFacts {
  const rollups = found.packages
    .filter(({ state }) => state === INSTALLED)
    .flatMap(({ high, low }) => fileTimeMs(high, low) ?? [])
    .toSorted((left, right) => left - right);
  const installedAtMs = rollups.at(-1) ?? parseUpdateAgentTime(found.installedAt);
  const marks = [found.isUpdateRebootNeeded, found.isServicingRebootNeeded];
  const { wsusServer } = found;
  return {
    ...updateFactsOf('windows-update', {
      lastInstalledAtMs: installedAtMs ?? previousInstallMs('windows-update', previous),
      lastCheckedAtMs: parseUpdateAgentTime(found.checkedAt),
      pending: {},
      isRebootNeeded: marks.every((mark) => mark === undefined) ? undefined : marks.includes(true),
    }),
    ...(found.isWsusUsed === true && wsusServer !== undefined ? { server: wsusServer.slice(0, 256) } : {}),
  };
}
