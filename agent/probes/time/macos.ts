import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNANSWERED, UNREADABLE } from '../absent-when.ts';
import { parseNetworkTime } from './parse-network-time.ts';
import { parseNtpConf } from './parse-ntp-conf.ts';
import { readTimeZone } from './read-time-zone.ts';

/**
 * Reads whether timed, the time service of macOS since 10.13, sets the clock, and from which server; one process.
 *
 * timed tells nobody how far off it is: the collector's own clock decides that. Without administrator rights
 * systemsetup(8) says nothing, and the service is `unknown`.
 */
export async function readMacosTime(host: Host): Promise<Observation<'time'>> {
  const printed = await absentWhen(UNANSWERED, host.run('systemsetup-network-time'));
  const isOn = parseNetworkTime(printed?.stdout ?? '');
  const timeZone = await readTimeZone(host);
  const zone = timeZone === undefined ? {} : { timeZone };
  if (isOn !== true) return { service: isOn === undefined ? 'unknown' : 'none', ...zone };
  const source = parseNtpConf((await absentWhen(UNREADABLE, host.readText('/etc/ntp.conf'))) ?? '');
  return { service: 'timed', ...(source === undefined ? {} : { source }), ...zone };
}
