import type { Server } from 'node:https';
import { messageOf } from '#shared/errors.ts';
import type { PublicJwk } from '#shared/signature.ts';
import { type Endpoint, formatEndpoint } from '../http/endpoint.ts';
import { listenOn } from '../http/listen-on.ts';
import { openOwnCertificate, pinOf } from '../http/own-certificate.ts';
import { isWildcard, ownNames, reachableAddresses } from '../http/own-names.ts';
import { DataFolder } from '../store/data-folder.ts';
import { BeaconCounts } from './beacon-counts.ts';
import { openBeaconKey, readBeaconKeys } from './beacon-keys.ts';
import { createBeaconServer } from './beacon-server.ts';
import type { BeaconSettings } from './beacon-settings.ts';
import { createReceiptSigner } from './receipt-signer.ts';

/** How often the folder is looked at for a key that was switched, and how often counts are written, in milliseconds. */
const [KEY_LOOK_MS, COUNTS_MS] = [5_000, 3_600_000] as const;

/** Clocks, and a place for lines of the log. */
export interface BeaconTools {
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  /** Takes what happened and its fields. */
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/** A beacon that listens. */
export interface RunningBeacon {
  readonly listens: Endpoint;
  /** Target to register for the network, `beacon+https://HOST:PORT/#PIN`. */
  readonly target: string;
  readonly kid: string;
  readonly publicKey: PublicJwk;
  close(): Promise<void>;
}

/**
 * Starts a beacon; on first start it makes its key and its certificate.
 *
 * @throws {TramdoError} CONFIG_INVALID, ADDRESS_IN_USE, DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export async function startBeacon(settings: BeaconSettings, tools: BeaconTools): Promise<RunningBeacon> {
  const { nowMs, monotonicMs, log } = tools;
  const folder = DataFolder.open(settings.data);
  const first = openBeaconKey(folder, settings.network);
  const tls = await openOwnCertificate(folder, ownNames([settings.address.host, settings.listen.host]), nowMs());
  let [kid, signNow] = [first.kid, createReceiptSigner(first)];
  const counts = new BeaconCounts();
  const server = createBeaconServer({
    settings,
    tls,
    counts,
    nowMs,
    monotonicMs,
    sign: (receipt) => signNow(receipt),
  });
  const listens = await listenOn(server, settings.listen);
  const lookForKey = () => {
    try {
      const { current } = readBeaconKeys(folder);
      if (current.kid === kid) return;
      [kid, signNow] = [current.kid, createReceiptSigner(current)];
      log('Beacon key was switched', { kid });
    } catch (error) {
      log('Beacon key could not be read, the one before stays in use', { kid, reason: messageOf(error) });
    }
  };
  const writeCounts = () => log('Beacon counts', { ...counts.toJSON() });
  const timers = [setInterval(lookForKey, KEY_LOOK_MS), setInterval(writeCounts, COUNTS_MS)];
  return {
    listens,
    target: `beacon+https://${formatEndpoint(toldEndpoint(settings, listens))}/#${pinOf(tls.certificate)}`,
    kid: first.kid,
    publicKey: first.publicKey,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await closeServer(server);
      writeCounts();
    },
  };
}

/** Where PCs find it: what was said, with the port that was really taken, and never a wildcard. */
function toldEndpoint({ address }: BeaconSettings, { port }: Endpoint): Endpoint {
  const host = isWildcard(address.host) ? (reachableAddresses()[0] ?? 'localhost') : address.host;
  return { host, port: address.port === 0 ? port : address.port };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
