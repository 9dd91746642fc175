import { join } from 'node:path';
import { readIfThere } from '../host/replace-file.ts';

/**
 * Reads `release-key.json` of the program folder: the public key without which nothing is updated. It comes with the
 * package and never from the collector.
 *
 * @returns its text; undefined when it is not there
 * @throws the system's own error when it may not be read
 */
export function readReleaseKeyFile(programFolder: string): string | undefined {
  return readIfThere(join(programFolder, 'release-key.json'));
}
