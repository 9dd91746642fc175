import { readFileSync } from 'node:fs';
import type { PackageList } from './package-list.ts';

/** The scripts that install the agent, by the names under which they are served. */
export const INSTALL_SCRIPTS = ['install.ps1', 'install.sh'] as const;

/** One of {@link INSTALL_SCRIPTS}. */
export type InstallScript = (typeof INSTALL_SCRIPTS)[number];

/**
 * A script with version, names, lengths and hashes of the packages written into it, so that whatever vouches for the
 * script vouches for the packages. It depends on nothing else: not on the collector's address, and on no token.
 */
export function renderInstallScript(script: InstallScript, { version, files }: PackageList): string {
  const template = readFileSync(new URL(script, import.meta.url), 'utf8');
  const isWindows = script === 'install.ps1';
  const rows = isWindows ? windowsRows(files) : unixRows(files);
  const text = template.replaceAll('@VERSION@', version).replace(/^.*@PACKAGES@.*$/m, () => rows.join('\n'));
  return isWindows ? asciiOnly(text) : text;
}

/** Letters beyond ASCII as `\uXXXX`; the script turns them back (see there why). */
function asciiOnly(text: string): string {
  return text.replaceAll(/[^\n -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function unixRows(files: PackageList['files']): readonly string[] {
  return files
    .filter(({ platform }) => platform !== 'win32')
    .map(({ platform, architecture, format, sha256, name }) =>
      [platform, architecture, format, sha256, name].join(' '),
    );
}

function windowsRows(files: PackageList['files']): readonly string[] {
  return files
    .filter(({ platform, format }) => platform === 'win32' && format === 'msi')
    .map(
      ({ architecture, name, bytes, sha256 }) =>
        `    '${architecture}' = @{ Name = '${name}'; Bytes = ${bytes}; Sha256 = '${sha256}' }`,
    );
}
