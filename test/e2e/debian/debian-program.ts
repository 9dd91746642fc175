import { existsSync } from 'node:fs';

/** The path of a program of a Debian package; a test that needs it fails with the name of the package. */
export function debianProgram(path: string, packageName: string): string {
  if (!existsSync(path)) throw new Error(`"${path}" is not there: run "apt-get install ${packageName}" first`);
  return path;
}
