import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { portableCommand } from '../commands-for-people.ts';
import { emptyFolder, layOutProgram, writeText } from '../lay-out-program.ts';
import { packageName } from '../package-kinds.ts';
import type { PackageOrder } from '../package-order.ts';
import { runTool } from '../run-tool.ts';
import { readmeText } from './readme-text.ts';

/** What is packed. */
export interface TarKind {
  readonly platform: 'darwin' | 'linux';
  readonly architecture: 'arm64' | 'x64';
}

/** Makes an archive with one folder, `tramdo-agent`, that can be put anywhere; gives its path. */
export function buildTar(order: PackageOrder, { platform, architecture }: TarKind): string {
  const work = emptyFolder(join(order.workFolder, `tar-${platform}-${architecture}`));
  const folder = join(work, 'tramdo-agent');
  layOutProgram(order, `${platform}-${architecture}`, folder);
  writeText(join(folder, 'tramdo-agent'), portableCommand(), 0o755);
  writeText(join(folder, 'README'), readmeText(platform, order.version));
  const archive = join(work, 'archive.tar');
  runTool('tar', [
    '--create',
    `--file=${archive}`,
    `--directory=${work}`,
    '--format=ustar',
    '--sort=name',
    `--mtime=@${order.stampSeconds}`,
    '--owner=root:0',
    '--group=root:0',
    '--mode=u=rwX,go=rX',
    'tramdo-agent',
  ]);
  const path = join(order.outFolder, packageName({ platform, architecture, format: 'tar' }, order.version));
  writeFileSync(path, gzipSync(readFileSync(archive), { level: order.isQuick ? 1 : 9 }));
  return path;
}
