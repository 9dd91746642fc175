import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import type { ProbeContext } from '../probe.ts';
import { securityCenterList } from '../security-center-product.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsList, windowsText } from '../windows-values.ts';
import { defenderStatus } from './decode-defender-status.ts';
import { describeWindowsProducts } from './windows-products.ts';

/** Most products the schema carries. */
const MAX_PRODUCTS = 32;

const names = windowsList(z.string().max(256), 2_000);

const section = z.object({
  center: securityCenterList,
  centerFailure: windowsText,
  defender: defenderStatus.nullish(),
  defenderFailure: windowsText,
  runningServices: names,
  stoppedServices: names,
  processes: names,
});

/**
 * Reads the products against malware of a Windows machine from Security Center, from Defender itself and from the names
 * of services and processes.
 *
 * Windows Server has no Security Center, which is no failure: Defender and the services decide there.
 *
 * @throws {TramdoError} COMMAND_FAILED when Security Center is there and says nothing and neither does Defender: the
 * machine must not look open; and those of {@link readWindowsSection}
 */
export async function readWindowsAntivirus(
  host: Host,
  { products: hints }: Pick<ProbeContext<'antivirus'>, 'products'>,
): Promise<Observation<'antivirus'>> {
  const { defender, centerFailure, ...facts } = await readWindowsSection(host, 'antivirus', section);
  const isDefenderSilent = defender === undefined || defender === null;
  if (isDefenderSilent && centerFailure !== undefined && centerFailure !== 'missing') {
    throw new TramdoError('COMMAND_FAILED', `Cannot ask Windows Security Center: current value is "${centerFailure}"`);
  }
  const products = describeWindowsProducts({ ...facts, ...(isDefenderSilent ? {} : { defender }) }, hints);
  return { products: products.slice(0, MAX_PRODUCTS) };
}
