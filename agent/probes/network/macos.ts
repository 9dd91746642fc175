import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNANSWERED, UNREADABLE } from '../absent-when.ts';
import { readPlist } from '../read-plist.ts';
import { parseIfconfig } from './parse-ifconfig.ts';
import { parseDefaultGateways } from './parse-netstat.ts';
import { parseNameServers } from './parse-resolv-conf.ts';

const MAX_INTERFACES = 64;
/** Most gateways and most name servers of the observation. */
const MAX_SERVERS = 8;
const PREFERENCES = '/Library/Preferences/SystemConfiguration/preferences.plist';

const hostName = z.string().trim().min(1).max(255).optional();
const preferences = z.object({
  System: z.object({
    Network: z.object({ HostNames: z.object({ LocalHostName: hostName }).optional() }).optional(),
    System: z.object({ HostName: hostName }).optional(),
  }),
});

/**
 * Reads interfaces with ifconfig(8) and gateways with netstat(1); name servers from resolv.conf(5), which macOS keeps
 * for the service in use; the host name from the network settings: the one that was set, else the one the machine is
 * found by on its link. No names of wireless networks are read.
 *
 * @throws {TramdoError} COMMAND_FAILED without interfaces, and those of ifconfig
 */
export async function readMacosNetwork(host: Host): Promise<Observation<'network'>> {
  const { stdout, exitCode } = await host.run('ifconfig-verbose');
  if (exitCode !== 0) throw new TramdoError('COMMAND_FAILED', `ifconfig ended with ${exitCode}`);
  const routes = await absentWhen(UNANSWERED, host.run('netstat-routes'));
  const gateways = parseDefaultGateways(routes?.stdout ?? '');
  const resolver = (await absentWhen(UNREADABLE, host.readText('/etc/resolv.conf'))) ?? '';
  return {
    hostname: await readHostname(host),
    interfaces: parseIfconfig(stdout).slice(0, MAX_INTERFACES),
    defaultGateways: [...new Set(gateways)].toSorted().slice(0, MAX_SERVERS),
    dnsServers: parseNameServers(resolver).slice(0, MAX_SERVERS),
  };
}

async function readHostname(host: Host): Promise<string> {
  const settings = preferences.safeParse(await absentWhen(UNREADABLE, readPlist(host, PREFERENCES))).data?.System;
  const name = settings?.System?.HostName ?? settings?.Network?.HostNames?.LocalHostName;
  if (name !== undefined) return name;
  const printed = await absentWhen(UNANSWERED, host.run('hostname-darwin'));
  return (printed?.stdout ?? '').trim().slice(0, 255);
}
