import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { TramdoError } from '#shared/errors.ts';
import { keyIdOf } from '#shared/key-id.ts';
import { parseJson } from '#shared/parse-json.ts';
import type { PrivateJwk, PublicJwk } from '#shared/signature.ts';
import type { DataFolder } from '../store/data-folder.ts';

/** Folders of the key in use, the one that will follow and the one before. */
const [CURRENT, NEXT, PREVIOUS] = ['key', 'key-next', 'key-previous'] as const;
/** Id of the network the keys were made for. */
const NETWORK_FILE = 'network';

const fileIn = (folder: string) => `${folder}/private.json`;

/** A key that signs receipts. */
export interface BeaconKey {
  /** See keyIdOf(). */
  readonly kid: string;
  readonly publicKey: PublicJwk;
  readonly privateKey: KeyObject;
}

/** The keys of a beacon. */
export interface BeaconKeys {
  readonly current: BeaconKey;
  readonly next?: BeaconKey;
}

/**
 * Opens the key in use and makes it on first start. The folder belongs to one network for good: a receipt of it vouches
 * for that network, so a folder that was carried elsewhere must not go on signing.
 *
 * @throws {TramdoError} CONFIG_INVALID for another network, DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export function openBeaconKey(folder: DataFolder, network: string): BeaconKey {
  const owner = folder.keep(NETWORK_FILE, `${network}\n`).trim();
  if (owner !== network) {
    throw new TramdoError(
      'CONFIG_INVALID',
      `Cannot use "network": current value is "${network}", but the keys in "${folder.path}" were made for "${owner}": ` +
        'give another "data" folder',
    );
  }
  finishSwitch(folder);
  return readKey(folder, CURRENT) ?? makeKey(folder, CURRENT);
}

/**
 * The keys that are there; changes nothing, so that a beacon may look while a command switches.
 *
 * @throws {TramdoError} CONFIG_INVALID when no beacon was ever started on the folder, DATA_CORRUPT
 */
export function readBeaconKeys(folder: DataFolder): BeaconKeys {
  const [current, next] = [readKey(folder, CURRENT), readKey(folder, NEXT)];
  if (current !== undefined) return { current, ...(next === undefined ? {} : { next }) };
  // In the middle of a switch the old key is gone already, and the next one is registered.
  if (next !== undefined) return { current: next };
  throw new TramdoError('CONFIG_INVALID', `Cannot find a key in "${folder.path}": start the beacon there first`);
}

/**
 * Makes the key that will follow; one that is there stays.
 *
 * @throws {TramdoError} CONFIG_INVALID, DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export function makeNextBeaconKey(folder: DataFolder): BeaconKey {
  finishSwitch(folder);
  const { next } = readBeaconKeys(folder);
  return next ?? makeKey(folder, NEXT);
}

/**
 * Takes the key that follows into use; the one before stays in the folder, unused. A crash in between is made good by
 * the next start or command.
 *
 * @throws {TramdoError} USAGE when there is none, DATA_CORRUPT, DATA_FOLDER_UNUSABLE
 */
export function switchBeaconKey(folder: DataFolder): BeaconKey {
  finishSwitch(folder);
  const { next } = readBeaconKeys(folder);
  if (next === undefined) {
    throw new TramdoError(
      'USAGE',
      'Cannot switch as there is no next key: run "beacon-key next" and register it first',
    );
  }
  folder.remove(PREVIOUS);
  folder.move(CURRENT, PREVIOUS);
  folder.move(NEXT, CURRENT);
  return next;
}

/** Ends a switch that was cut short. */
function finishSwitch(folder: DataFolder): void {
  if (readKey(folder, CURRENT) === undefined && readKey(folder, NEXT) !== undefined) folder.move(NEXT, CURRENT);
}

function makeKey(folder: DataFolder, name: string): BeaconKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' });
  return parseKey(folder.keep(fileIn(name), `${JSON.stringify({ kty, crv, x, y, d })}\n`), folder.pathOf(fileIn(name)));
}

function readKey(folder: DataFolder, name: string): BeaconKey | undefined {
  const text = folder.read(fileIn(name));
  return text === undefined ? undefined : parseKey(text, folder.pathOf(fileIn(name)));
}

function parseKey(text: string, path: string): BeaconKey {
  const jwk = parseJson(text);
  if (!isPrivateJwk(jwk)) throw corrupt(path);
  const { kty, crv, x, y, d } = jwk;
  try {
    const privateKey = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
    const publicKey = { kty, crv, x, y };
    return { kid: keyIdOf(publicKey), publicKey, privateKey };
  } catch (error) {
    throw corrupt(path, error);
  }
}

function isPrivateJwk(value: unknown): value is PrivateJwk {
  if (typeof value !== 'object' || value === null) return false;
  const isNumber = (name: string) => /^[A-Za-z0-9_-]{43}$/.test(String(Reflect.get(value, name)));
  return Reflect.get(value, 'kty') === 'EC' && Reflect.get(value, 'crv') === 'P-256' && ['x', 'y', 'd'].every(isNumber);
}

function corrupt(path: string, cause?: unknown): TramdoError {
  return new TramdoError('DATA_CORRUPT', `Cannot read the key file "${path}" as it is no private P-256 key`, { cause });
}
