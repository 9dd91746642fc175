import { messageOf, TramdoError } from '#shared/errors.ts';
import {
  generateKeyPair,
  importPrivateKey,
  type PublicJwk,
  privateJwk,
  publicPart,
  signDetached,
} from '#shared/signature.ts';
import type { DataFolder } from '../store/data-folder.ts';

/** Key id in what the collector signs. */
export const COLLECTOR_KEY_ID = 'collector';

const FILE = 'collector-key.json';

/** Signs in the collector's name. */
export interface CollectorKey {
  readonly publicKey: PublicJwk;
  /** @returns the value of the header Tramdo-Signature */
  sign(body: Uint8Array): Promise<string>;
}

/**
 * Opens the collector's own key, `collector-key.json` in the data folder, and makes it on first start.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export async function openCollectorKey(folder: DataFolder): Promise<CollectorKey> {
  const text = folder.read(FILE) ?? folder.keep(FILE, `${JSON.stringify((await generateKeyPair()).privateKey)}\n`);
  const key = parseKey(text, folder.pathOf(FILE));
  const signingKey = await importPrivateKey(key);
  return {
    publicKey: publicPart(key),
    sign: (body) => signDetached(body, signingKey, COLLECTOR_KEY_ID),
  };
}

function parseKey(text: string, path: string) {
  try {
    return privateJwk.parse(JSON.parse(text));
  } catch (error) {
    throw new TramdoError('DATA_CORRUPT', `Cannot read the key file "${path}": ${messageOf(error).slice(0, 200)}`);
  }
}
