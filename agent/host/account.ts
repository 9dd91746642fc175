import { readdirSync } from 'node:fs';

/**
 * Tells whether this process may do what the service may: root, or SYSTEM and elevated administrators on Windows.
 *
 * Windows has no user id; the folder of the registry's hives can be listed by those alone, in every language.
 */
export function hasFullRights(): boolean {
  if (process.platform !== 'win32') return process.getuid?.() === 0;
  try {
    readdirSync(`${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\config`);
    return true;
  } catch {
    return false;
  }
}
