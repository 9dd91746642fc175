import { randomBytes } from 'node:crypto';
import type { DataFolder } from '../store/data-folder.ts';

/** Name of the file in the data folder that holds the access token. */
export const ACCESS_TOKEN_FILE = 'metrics-token';

/**
 * Opens the token with which people and scrapers read pages and metrics, and makes it on first start.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL
 */
export function openAccessToken(folder: DataFolder): string {
  const text = folder.read(ACCESS_TOKEN_FILE) ?? folder.keep(ACCESS_TOKEN_FILE, randomBytes(24).toString('base64url'));
  return text.trim();
}
