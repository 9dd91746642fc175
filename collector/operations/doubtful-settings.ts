import type { Settings } from '../config.ts';
import { isLoopback } from '../http/endpoint.ts';
import { isWildcard } from '../http/own-names.ts';
import { sharedTargets } from '../networks/compare-networks.ts';
import type { NetworkDefinition } from '../networks/network-definition.ts';

/**
 * Settings that are allowed and that somebody may not have meant, one sentence each: the key, its value, what to do.
 *
 * @param networks those that stand or would at the next start, also those that are not in the settings
 */
export function doubtfulSettings(
  settings: Settings,
  networks: readonly Pick<NetworkDefinition, 'id' | 'targets'>[] = settings.networks,
): readonly string[] {
  const { listen, listenEndpoint, addressEndpoint, address, usesTls, behindProxy, metricsAccess } = settings;
  const isPublic = !isLoopback(listenEndpoint.host);
  return [
    ...(settings.backupFolder === undefined
      ? ['"backupFolder" is not set: no backup is made by itself; name a folder on another disk']
      : backupDoubts(settings, settings.backupFolder)),
    ...(isPublic && metricsAccess === 'open'
      ? [
          `"metricsAccess" is "open" while "listen" is "${listen}": everybody in the network reads pages and metrics; set it to "token"`,
        ]
      : []),
    ...(behindProxy && isPublic && !usesTls
      ? [
          `"tls" is "off" while "listen" is "${listen}": what goes between proxy and collector can be read; listen on loopback or use TLS`,
        ]
      : []),
    ...(!isPublic && !behindProxy
      ? [`"listen" is "${listen}": only this computer reaches the collector; listen on an address of the network`]
      : []),
    ...(isWildcard(addressEndpoint.host)
      ? [`"address" is "${address}": agents cannot be told that; set it to the name or address they reach`]
      : []),
    ...(networks.length === 0 ? ['"networks" is empty: nothing is known of WAN, TSLCD and Internet'] : []),
    ...sharedTargets(networks).map(
      (shared) =>
        `"networks" has the target "${shared.target}" in ${shared.networks.map((id) => `"${id}"`).join(' and ')}: ` +
        'one answer counts for each of them; give each network a target of its own',
    ),
  ];
}

function backupDoubts({ data }: Settings, backupFolder: string): readonly string[] {
  if (backupFolder !== data && !backupFolder.startsWith(`${data}/`)) return [];
  return [
    `"backupFolder" is "${backupFolder}", within the data folder: one broken disk takes both; choose another disk`,
  ];
}
