import type { Observation } from '#shared/observations/index.ts';
import type { CommandId } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNANSWERED } from '../absent-when.ts';
import type { ClockSync } from './clock-sync.ts';
import { parseChronycTracking } from './parse-chronyc.ts';
import { parseNtpqVariables } from './parse-ntpq.ts';
import { parseTimesyncServer } from './parse-timesync.ts';
import { readTimeZone } from './read-time-zone.ts';

/** Files a running service keeps, in the order the services are looked for. */
const CHRONY_MARKS = ['/run/chrony/chronyd.pid', '/run/chrony/chronyd.sock', '/run/chronyd.pid'];
const NTPD_MARKS = ['/run/ntpd.pid', '/run/ntpsec/ntpd.pid'];
/** systemd makes the folder when timesyncd starts and takes it away when it stops. */
const TIMESYNCD_FOLDER = '/run/systemd/timesync';
/** Written by timesyncd at its first success after the start of the system (systemd-timesyncd.service(8)). */
const TIMESYNCD_SUCCESS = '/run/systemd/timesync/synchronized';

/**
 * Finds the time service by the files it keeps below `/run` and asks that one alone: at most one command is run.
 *
 * A service that does not answer is named without more. `none` means that no known service runs here; the clock may
 * still be set from outside, as that of a container always is.
 */
export async function readLinuxTime(host: Host): Promise<Observation<'time'>> {
  const timeZone = await readTimeZone(host);
  return { ...(await readService(host)), ...(timeZone === undefined ? {} : { timeZone }) };
}

async function readService(host: Host): Promise<Observation<'time'>> {
  if (await hasAny(host, CHRONY_MARKS)) {
    return { service: 'chrony', ...(await ask(host, 'chronyc-tracking', parseChronycTracking)) };
  }
  if (await hasAny(host, NTPD_MARKS)) {
    return { service: 'ntpd', ...(await ask(host, 'ntpq-variables', parseNtpqVariables)) };
  }
  if (!(await hasAny(host, [TIMESYNCD_FOLDER]))) return { service: 'none' };
  const source = await ask(host, 'timedatectl-timesync', parseTimesyncServer);
  return {
    service: 'systemd-timesyncd',
    ...(source === undefined ? {} : { source }),
    isSynchronised: (await host.stat(TIMESYNCD_SUCCESS)) !== undefined,
  };
}

async function ask<Answer extends ClockSync | string>(
  host: Host,
  command: CommandId,
  parse: (text: string) => Answer | undefined,
): Promise<Answer | undefined> {
  const result = await absentWhen(UNANSWERED, host.run(command));
  return result?.exitCode === 0 ? parse(result.stdout) : undefined;
}

async function hasAny(host: Host, paths: readonly string[]): Promise<boolean> {
  const marks = await Promise.all(paths.map((path) => isThere(host, path)));
  return marks.includes(true);
}

/** A mark in a folder that is closed to this account counts: the folder is there because the service is. */
async function isThere(host: Host, path: string): Promise<boolean> {
  const status = host.stat(path).then((found) => found !== undefined);
  return (await absentWhen(['HOST_FILE_DENIED'], status)) ?? true;
}
