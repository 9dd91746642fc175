import { type Endpoint, formatEndpoint } from '../http/endpoint.ts';
import {
  countSetting,
  endpointSetting,
  gatherSettings,
  refused,
  type SettingsSource,
  textSetting,
} from '../standalone-settings.ts';

/** Settings of a relay as they hold. */
export interface RelaySettings {
  readonly listen: Endpoint;
  /** Where PCs are told to find it. */
  readonly address: Endpoint;
  /** Folder for its certificate and the reports that wait. */
  readonly data: string;
  /** The collector, `https://host:port`. */
  readonly upstream: URL;
  /** SHA-256 of the public key of the collector's certificate, base64url; absent: authorities decide. */
  readonly upstreamPin?: string;
  /** PEM file of a further authority that vouches for the collector. */
  readonly upstreamCaFile?: string;
  /** Most that waits on disk, in bytes. */
  readonly maxQueueBytes: number;
  /** Most that waits on disk of one machine, in bytes. */
  readonly maxMachineQueueBytes: number;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
}

/** Every key of {@link RelaySettings}. */
export const RELAY_KEYS = [
  'address',
  'data',
  'listen',
  'maxConnections',
  'maxConnectionsPerAddress',
  'maxMachineQueueBytes',
  'maxQueueBytes',
  'upstream',
  'upstreamCaFile',
  'upstreamPin',
] as const;

const FOLDER = { form: /^[^\0]{1,4096}$/, allowed: 'the path of a folder', byDefault: './relay' };
const UPSTREAM = { form: /^https:\/\/[^/?#@\s]+:[0-9]{1,5}\/?$/, allowed: 'https://host:port of the collector' };
const PIN = { form: /^[A-Za-z0-9_-]{43}$/, allowed: 'a pin of 43 characters' };
const FILE = { form: /^[^\0]{1,4096}$/, allowed: 'the path of a PEM file' };

/**
 * Reads the settings of a relay.
 *
 * @throws {TramdoError} CONFIG_INVALID, which names the key, its value and what is allowed
 */
export async function readRelaySettings(source: SettingsSource): Promise<RelaySettings> {
  const given = await gatherSettings(RELAY_KEYS, source);
  const count = (key: string, least: number, most: number, byDefault: number) =>
    countSetting(given, key, { least, most, byDefault });
  const listen = endpointSetting(given, 'listen', '127.0.0.1:8642');
  const upstream = textSetting(given, 'upstream', UPSTREAM);
  if (!URL.canParse(upstream)) throw refused('upstream', upstream, UPSTREAM.allowed);
  const { upstreamPin, upstreamCaFile } = given;
  return {
    listen,
    address: endpointSetting(given, 'address', formatEndpoint(listen)),
    data: textSetting(given, 'data', FOLDER),
    upstream: new URL(upstream),
    ...(upstreamPin === undefined ? {} : { upstreamPin: textSetting(given, 'upstreamPin', PIN) }),
    ...(upstreamCaFile === undefined ? {} : { upstreamCaFile: textSetting(given, 'upstreamCaFile', FILE) }),
    maxQueueBytes: count('maxQueueBytes', 1_048_576, 1_099_511_627_776, 268_435_456),
    maxMachineQueueBytes: count('maxMachineQueueBytes', 262_144, 1_099_511_627_776, 8_388_608),
    maxConnections: count('maxConnections', 1, 65_536, 4_096),
    maxConnectionsPerAddress: count('maxConnectionsPerAddress', 1, 65_536, 1_024),
  };
}
