import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compressedText, layOutLinux } from '../installed-linux.ts';
import { emptyFolder, stampFiles, writeText } from '../lay-out-program.ts';
import { DEBIAN_ARCHITECTURES, packageName } from '../package-kinds.ts';
import type { PackageOrder } from '../package-order.ts';
import { runTool } from '../run-tool.ts';
import { changelogText, controlText, lintianOverrides, maintainerScripts } from './control-texts.ts';

/** Makes a package for Debian and Ubuntu; gives its path. */
export function buildDeb(order: PackageOrder, architecture: 'arm64' | 'x64'): string {
  const root = emptyFolder(join(order.workFolder, `deb-${architecture}`));
  layOutLinux(order, architecture, root);
  const documents = join(root, 'usr/share/doc/tramdo-agent');
  writeText(join(documents, 'changelog.gz'), compressedText(changelogText(order.version, order.stampSeconds)));
  writeText(join(root, 'usr/share/lintian/overrides/tramdo-agent'), lintianOverrides());
  const installedKib = Math.ceil(bytesBelow(root) / 1_024);
  const control = { version: order.version, architecture: DEBIAN_ARCHITECTURES[architecture], installedKib };
  for (const [name, text] of Object.entries(maintainerScripts())) writeText(join(root, 'DEBIAN', name), text, 0o755);
  writeText(join(root, 'DEBIAN/md5sums'), checksums(root));
  writeText(join(root, 'DEBIAN/control'), controlText(control));
  stampFiles(root, order.stampSeconds);
  const path = join(order.outFolder, packageName({ platform: 'linux', architecture, format: 'deb' }, order.version));
  // Not zstd: the dpkg of Debian 11 cannot read it.
  const compression = order.isQuick ? ['-Zgzip', '-z1'] : ['-Zxz'];
  runTool('dpkg-deb', ['--root-owner-group', ...compression, '--build', root, path], {
    environment: { SOURCE_DATE_EPOCH: String(order.stampSeconds) },
  });
  return path;
}

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function bytesBelow(root: string): number {
  return filesBelow(root).reduce((sum, path) => sum + statSync(path).size, 0);
}

function checksums(root: string): string {
  const names = filesBelow(join(root, 'usr')).map((path) => path.slice(root.length + 1));
  return runTool('md5sum', names, { folder: root });
}
