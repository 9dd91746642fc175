import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildDeb } from './deb/build-deb.ts';
import { hashFile } from './hash-file.ts';
import { buildMsi } from './msi/build-msi.ts';
import type { PackageKind, PackageOrder } from './package-order.ts';
import { buildRpm } from './rpm/build-rpm.ts';
import { buildTar } from './tar/build-tar.ts';

/** One row of `packages.json`, which the collector serves. */
export interface PackageFile extends PackageKind {
  readonly name: string;
  /** In hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Makes one package; gives its row. */
export function buildPackage(order: PackageOrder, kind: PackageKind): PackageFile {
  const path = buildKind(order, kind);
  return { name: basename(path), sha256: hashFile(path), bytes: statSync(path).size, ...kind };
}

/** Writes `packages.json` beside the packages, sorted by name. */
export function writePackageList(order: PackageOrder, files: readonly PackageFile[]): void {
  const sorted = files.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const list = { version: order.version, files: sorted };
  writeFileSync(join(order.outFolder, 'packages.json'), `${JSON.stringify(list, undefined, 2)}\n`);
}

function buildKind(order: PackageOrder, { platform, architecture, format }: PackageKind): string {
  if (platform === 'win32' && format === 'msi' && architecture !== 'arm64') return buildMsi(order, { architecture });
  if (platform !== 'win32' && architecture !== 'x86') {
    if (format === 'tar') return buildTar(order, { platform, architecture });
    if (platform === 'linux' && format === 'deb') return buildDeb(order, architecture);
    if (platform === 'linux' && format === 'rpm') return buildRpm(order, architecture);
  }
  throw new RangeError(`There is no ${format} for ${platform} ${architecture}`);
}
