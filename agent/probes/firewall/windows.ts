import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { readWindowsSection } from '../windows-section.ts';
import { describeWindowsFirewall, windowsFirewallFacts } from './describe-windows-firewall.ts';

/**
 * Reads the firewall of a Windows machine; see {@link describeWindowsFirewall} for what counts as on.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE, and those of {@link readWindowsSection}
 */
export async function readWindowsFirewall(host: Host): Promise<Observation<'firewall'>> {
  return describeWindowsFirewall(await readWindowsSection(host, 'firewall', windowsFirewallFacts));
}
