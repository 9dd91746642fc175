import { type Endpoint, formatEndpoint } from '../http/endpoint.ts';
import {
  countSetting,
  endpointSetting,
  gatherSettings,
  type SettingsSource,
  textSetting,
} from '../standalone-settings.ts';

/** Settings of a beacon as they hold. */
export interface BeaconSettings {
  /** Id of the network it stands in, as the collector has it. */
  readonly network: string;
  readonly listen: Endpoint;
  /** Where PCs are told to find it. */
  readonly address: Endpoint;
  /** Folder for its key and certificate. */
  readonly data: string;
  /** Connections at once, all addresses together. */
  readonly maxConnections: number;
  /** Connections at once of one address: a whole agency may stand behind it. */
  readonly maxConnectionsPerAddress: number;
  /** Receipts that one address may ask for at once, after a pause. */
  readonly receiptBurst: number;
  /** Receipts a second for one address. */
  readonly receiptsPerSecond: number;
  /** Receipts a second for all addresses together. */
  readonly totalReceiptsPerSecond: number;
  /** Samples of throughput under way at once. */
  readonly maxSamples: number;
  /** Samples of throughput in 24 hours, all addresses together; 0 hands out none. */
  readonly maxSamplesPerDay: number;
}

/** Every key of {@link BeaconSettings}. */
export const BEACON_KEYS = [
  'address',
  'data',
  'listen',
  'maxConnections',
  'maxConnectionsPerAddress',
  'maxSamples',
  'maxSamplesPerDay',
  'network',
  'receiptBurst',
  'receiptsPerSecond',
  'totalReceiptsPerSecond',
] as const;

const FOLDER = { form: /^[^\0]{1,4096}$/, allowed: 'the path of a folder', byDefault: './beacon' };
const NETWORK = { form: /^[a-z][a-z0-9-]{0,62}$/, allowed: 'the id of a network of the collector, such as tslcd' };

/**
 * Reads the settings of a beacon.
 *
 * @throws {TramdoError} CONFIG_INVALID, which names the key, its value and what is allowed
 */
export async function readBeaconSettings(source: SettingsSource): Promise<BeaconSettings> {
  const given = await gatherSettings(BEACON_KEYS, source);
  const count = (key: string, least: number, most: number, byDefault: number) =>
    countSetting(given, key, { least, most, byDefault });
  const listen = endpointSetting(given, 'listen', '127.0.0.1:8641');
  return {
    network: textSetting(given, 'network', NETWORK),
    listen,
    address: endpointSetting(given, 'address', formatEndpoint(listen)),
    data: textSetting(given, 'data', FOLDER),
    maxConnections: count('maxConnections', 1, 65_536, 2_048),
    maxConnectionsPerAddress: count('maxConnectionsPerAddress', 1, 65_536, 256),
    receiptBurst: count('receiptBurst', 1, 100_000, 64),
    receiptsPerSecond: count('receiptsPerSecond', 1, 100_000, 10),
    totalReceiptsPerSecond: count('totalReceiptsPerSecond', 1, 1_000_000, 5_000),
    maxSamples: count('maxSamples', 1, 64, 2),
    maxSamplesPerDay: count('maxSamplesPerDay', 0, 100_000, 400),
  };
}

/**
 * Reads where the data of a beacon is, for commands that need nothing else.
 *
 * @throws {TramdoError} CONFIG_INVALID
 */
export async function readBeaconFolder(source: SettingsSource): Promise<string> {
  return textSetting(await gatherSettings(BEACON_KEYS, source), 'data', FOLDER);
}
