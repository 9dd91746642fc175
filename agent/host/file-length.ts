import { statSync } from 'node:fs';

/** Length of a file in bytes; undefined when there is none, or none that may be looked at. */
export function fileLength(path: string): number | undefined {
  try {
    const status = statSync(path);
    return status.isFile() ? status.size : undefined;
  } catch {
    return undefined;
  }
}
