import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsFlag, windowsList, windowsNumber, windowsText } from '../windows-values.ts';
import { describeWindowsInterfaces } from './describe-windows-interfaces.ts';
import { isRoutedAddress } from './windows-address.ts';

/** Most gateways and most name servers of the observation. */
const MAX_SERVERS = 8;
const texts = windowsList(z.string().nullable(), 32).transform((list) => list.filter((text) => text !== null));

const adapter = z.object({
  name: windowsText,
  index: windowsNumber,
  interfaceType: windowsNumber,
  medium: windowsNumber,
  operationalStatus: windowsNumber,
  mac: windowsText,
  permanentMac: windowsText,
  speed: windowsNumber,
  isVirtual: windowsFlag,
  isHardware: windowsFlag,
  componentId: windowsText,
});

const card = z.object({
  name: windowsText,
  index: windowsNumber,
  status: windowsNumber,
  mac: windowsText,
  speed: windowsNumber,
  typeId: windowsNumber,
  isPhysical: windowsFlag,
  deviceId: windowsText,
});

const configuration = z.object({
  index: windowsNumber,
  metric: windowsNumber,
  addresses: texts,
  masks: texts,
  gateways: texts,
  dnsServers: texts,
});

const facts = z.object({
  hostname: windowsText,
  dnsHostname: windowsText,
  computerName: windowsText,
  domain: windowsText,
  isInDomain: windowsFlag,
  workgroup: windowsText,
  adapters: windowsList(adapter, 128),
  cards: windowsList(card, 128),
  configurations: windowsList(configuration, 128),
});

/** The section `network` of the inventory. */
export type WindowsNetworkFacts = z.infer<typeof facts>;

/**
 * Reads interfaces, way out and membership of a Windows machine; no names of wireless networks, no names of people.
 *
 * @throws {TramdoError} as {@link readWindowsSection}
 */
export async function readWindowsNetwork(host: Host): Promise<Observation<'network'>> {
  return describeWindowsNetwork(await readWindowsSection(host, 'network', facts));
}

/** Makes the observation. Name servers come in the order of the interfaces' metric, as Windows asks them. */
export function describeWindowsNetwork(found: WindowsNetworkFacts): Observation<'network'> {
  const byMetric = found.configurations.toSorted((left, right) => (left.metric ?? 9_999) - (right.metric ?? 9_999));
  const gateways = byMetric.flatMap(({ gateways: own }) => own).filter(isRoutedAddress);
  const servers = byMetric.flatMap(({ dnsServers }) => dnsServers);
  return {
    hostname: (found.hostname ?? found.dnsHostname ?? found.computerName ?? '').slice(0, 255),
    interfaces: describeWindowsInterfaces(found),
    defaultGateways: [...new Set(gateways)].toSorted().slice(0, MAX_SERVERS),
    dnsServers: [...new Set(servers)].map((server) => server.slice(0, 64)).slice(0, MAX_SERVERS),
    ...membershipOf(found),
  };
}

function membershipOf({
  isInDomain,
  domain,
}: WindowsNetworkFacts): Pick<Observation<'network'>, 'membership' | 'domain'> {
  if (isInDomain === undefined) return {};
  if (!isInDomain) return { membership: 'workgroup' };
  return { membership: 'domain', ...(domain === undefined ? {} : { domain: domain.toLowerCase().slice(0, 255) }) };
}
