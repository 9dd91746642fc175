import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsList, windowsNumber, windowsText } from '../windows-values.ts';
import { describeWindowsOs } from './describe-windows-os.ts';

const facts = z.object({
  currentBuild: z.coerce.number().int().positive(),
  ubr: windowsNumber,
  displayVersion: windowsText,
  releaseId: windowsText,
  editionId: windowsText,
  installationType: windowsText,
  productName: windowsText,
  /** Seconds since 1970. */
  installDate: windowsNumber,
  architecture: windowsText,
  userLanguages: windowsList(z.string(), 16),
  machineLanguages: windowsList(z.string().nullable(), 16).transform((tags) => tags.filter((tag) => tag !== null)),
  installLanguage: windowsText,
});

/** The section `os` of the inventory: values of the registry as they are. */
export type WindowsOsFacts = z.infer<typeof facts>;

/**
 * Reads which Windows runs.
 *
 * @throws {TramdoError} as {@link readWindowsSection}
 */
export async function readWindowsOs(host: Host): Promise<Observation<'os'>> {
  return describeWindowsOs(await readWindowsSection(host, 'os', facts));
}
