import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { TramdoError } from '#shared/errors.ts';
import type { DataFolder } from '../store/data-folder.ts';

/** Name of the file in the data folder that holds the key; a backup must hold it, or second factors are lost. */
export const PEOPLE_KEY_FILE = 'people-key';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps secrets of people unreadable in the database: AES-256-GCM under a key that is not in it. */
export class PeopleKey {
  readonly #key: Buffer;

  /** @param key 32 random bytes */
  constructor(key: Buffer) {
    this.#key = derive(key, 'tramdo second factor');
    this.sessionSecret = derive(key, 'tramdo session cookie').toString('base64url');
  }

  /** Signs session cookies. */
  readonly sessionSecret: string;

  /**
   * Opens the key of a data folder and makes it on first start.
   *
   * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
   */
  static open(folder: DataFolder): PeopleKey {
    const text =
      folder.read(PEOPLE_KEY_FILE) ?? folder.keep(PEOPLE_KEY_FILE, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
    const key = Buffer.from(text.trim(), 'base64url');
    if (key.length === KEY_BYTES) return new PeopleKey(key);
    const path = folder.pathOf(PEOPLE_KEY_FILE);
    throw new TramdoError(
      'DATA_CORRUPT',
      `Cannot read "${path}": it holds ${key.length} bytes, allowed are ${KEY_BYTES}`,
    );
  }

  /** @param owner what the text belongs to; the same is needed to read it again, so that rows cannot be swapped */
  encrypt(text: string, owner: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(owner));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
  }

  /**
   * Reads what {@link PeopleKey.encrypt} made.
   *
   * @throws {TramdoError} DATA_CORRUPT when it is damaged, of another owner or of another key
   */
  decrypt(sealed: string, owner: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (error) {
      throw new TramdoError(
        'DATA_CORRUPT',
        `Cannot read a second factor: the file "${PEOPLE_KEY_FILE}" is not the one it was kept with`,
        { cause: error },
      );
    }
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES));
}
