import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsNumber, windowsText } from '../windows-values.ts';

const facts = z.object({
  state: windowsText,
  startMode: windowsText,
  type: windowsText,
  ntpServer: windowsText,
  policyType: windowsText,
  policyNtpServer: windowsText,
  isClientEnabled: windowsNumber,
  isClientEnabledByPolicy: windowsNumber,
  isGuestProviderEnabled: windowsNumber,
  timeZoneKeyName: windowsText,
});

/** The section `time` of the inventory. */
export type WindowsTimeFacts = z.infer<typeof facts>;

/**
 * Zones of Windows by their IANA name (CLDR windowsZones.xml, Vietnam where a zone has several); a zone that is not here
 * is not reported.
 */
const ZONES: Readonly<Record<string, string>> = {
  'China Standard Time': 'Asia/Shanghai',
  'Korea Standard Time': 'Asia/Seoul',
  'SE Asia Standard Time': 'Asia/Ho_Chi_Minh',
  'Singapore Standard Time': 'Asia/Singapore',
  'Tokyo Standard Time': 'Asia/Tokyo',
  UTC: 'UTC',
};

/**
 * Reads what sets the clock of a Windows machine.
 *
 * `none` when the service is disabled or told not to synchronise. A stopped service is not: in a workgroup Windows
 * starts it for a moment by a task. How far the clock is off is said by `w32tm` alone, in the language of the system,
 * so it is left to the collector, which sees the clock in every report.
 *
 * @throws {TramdoError} as {@link readWindowsSection}
 */
export async function readWindowsTime(host: Host): Promise<Observation<'time'>> {
  return describeWindowsTime(await readWindowsSection(host, 'time', facts));
}

/** Makes the observation; policy wins over the parameters of the service. */
export function describeWindowsTime(found: WindowsTimeFacts): Observation<'time'> {
  const zone = ZONES[found.timeZoneKeyName ?? ''];
  const timeZone = zone === undefined ? {} : { timeZone: zone };
  if (found.startMode === undefined) return { service: 'unknown', ...timeZone };
  const type = (found.policyType ?? found.type ?? '').toLowerCase();
  const isOff = (found.isClientEnabledByPolicy ?? found.isClientEnabled) === 0;
  if (found.startMode === 'Disabled' || type === 'nosync' || (isOff && found.isGuestProviderEnabled !== 1)) {
    return { service: 'none', ...timeZone };
  }
  const source = sourceOf(type, found.policyNtpServer ?? found.ntpServer ?? '');
  return { service: 'w32time', ...(source === undefined ? {} : { source }), ...timeZone };
}

/** `NT5DS` follows the domain; a list of servers is `name,0xflags name,0xflags`. */
function sourceOf(type: string, servers: string): string | undefined {
  if (type === 'nt5ds') return 'domain';
  const [first = ''] = servers.split(/\s+/);
  const name = first.split(',')[0] ?? '';
  return name === '' || (type !== 'ntp' && type !== 'allsync') ? undefined : name.slice(0, 128);
}
