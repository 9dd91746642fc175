import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageFile } from '#collector/downloads/package-list.ts';

type Kind = Pick<PackageFile, 'name' | 'platform' | 'architecture' | 'format'>;

/** Installers of every kind, as `npm run package` names them. */
export const PACKAGE_KINDS: readonly Kind[] = [
  { name: 'tramdo-agent-0.9.0-linux-x64.tar.gz', platform: 'linux', architecture: 'x64', format: 'tar' },
  { name: 'tramdo-agent-x64.msi', platform: 'win32', architecture: 'x64', format: 'msi' },
  { name: 'tramdo-agent-x86.msi', platform: 'win32', architecture: 'x86', format: 'msi' },
  { name: 'tramdo-agent_0.9.0_amd64.deb', platform: 'linux', architecture: 'x64', format: 'deb' },
];

/** The row of `packages.json` for a package with some content. */
export function packageOf(kind: Kind, content = `content of ${kind.name}`): PackageFile {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { ...kind, sha256, bytes: Buffer.byteLength(content) };
}

/** Fills a folder with packages whose content is text, and with their list. */
export function fillPackageFolder(folder: string, kinds: readonly Kind[] = PACKAGE_KINDS): readonly PackageFile[] {
  mkdirSync(folder, { recursive: true });
  const files = kinds.map((kind) => packageOf(kind));
  for (const { name } of files) writeFileSync(join(folder, name), `content of ${name}`);
  writeFileSync(join(folder, 'packages.json'), JSON.stringify({ version: '0.9.0', files }));
  return files;
}
