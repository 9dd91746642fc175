import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AGENT_VERSION } from '../version.ts';
import { buildPackage, writePackageList } from './build-packages.ts';
import { buildMsi } from './msi/build-msi.ts';
import { PACKAGE_KINDS, packageName } from './package-kinds.ts';
import type { PackageOrder } from './package-order.ts';
import { runTool } from './run-tool.ts';

const ROOT = join(import.meta.dirname, '../..');

const USAGE = `npm run package -- [options]: makes the installers of the agent on Linux, into dist/
  --only WHAT          msi, deb, rpm or tar, or one architecture of it such as deb-x64; packages.json then lists
                       these alone
  --bundle FOLDER      a bundle that agent/build.ts made, such as the one that was signed; by default it is made now
  --release-key FILE   public key that signs updates; without it the installed agent never updates itself
  --version X.Y.Z      another version than the source has, to try an upgrade
  --out FOLDER         another folder than dist/
  --quick              larger files, made in seconds, for a test
  --wine               only tramdo-agent-x64-wine.msi, with the Node that runs in Wine, for a test
SOURCE_DATE_EPOCH sets the time that is written into the packages; by default it is that of the newest commit.`;

const { values: given } = parseArgs({
  options: {
    bundle: { type: 'string' },
    help: { type: 'boolean' },
    only: { type: 'string' },
    out: { type: 'string' },
    quick: { type: 'boolean' },
    'release-key': { type: 'string' },
    version: { type: 'string' },
    wine: { type: 'boolean' },
  },
});

function readOrder(workFolder: string): PackageOrder {
  const version = given.version ?? AGENT_VERSION;
  if (!/^\d{1,3}\.\d{1,3}\.\d{1,5}$/.test(version))
    throw new Error(`Cannot use "${version}": three numbers are needed`);
  const key = given['release-key'];
  if (key !== undefined && !existsSync(key)) throw new Error(`Cannot read the release key "${key}"`);
  return {
    version,
    stampSeconds: Number(process.env['SOURCE_DATE_EPOCH'] ?? newestChangeSeconds()),
    bundleFolder: given.bundle === undefined ? join(workFolder, 'bundle') : resolve(given.bundle),
    outFolder: resolve(given.out ?? join(ROOT, 'dist')),
    workFolder,
    isQuick: given.quick ?? false,
    ...(key === undefined ? {} : { releaseKeyFile: resolve(key) }),
  };
}

/** Time of the newest commit; a tree without git tells by its list of packages. */
function newestChangeSeconds(): string | number {
  if (existsSync(join(ROOT, '.git'))) return runTool('git', ['-C', ROOT, 'log', '-1', '--format=%ct']);
  return Math.floor(statSync(join(ROOT, 'package-lock.json')).mtimeMs / 1_000);
}

function packageAll(order: PackageOrder): void {
  mkdirSync(order.outFolder, { recursive: true });
  if (given.bundle === undefined) {
    const build = join(ROOT, 'agent/build.ts');
    runTool(process.execPath, [build, '--out', order.bundleFolder, '--agent-version', order.version]);
  }
  if (given.wine === true) {
    console.log(buildMsi(order, { architecture: 'x64', isForWine: true }));
    return;
  }
  const kinds = PACKAGE_KINDS.filter(({ format, architecture }) =>
    [undefined, format, `${format}-${architecture}`].includes(given.only),
  );
  if (kinds.length === 0) throw new Error(`There is no package "${given.only}"`);
  const files = kinds.map((kind) => {
    // What an earlier build left under this name must not be taken for the new one if this build fails.
    rmSync(join(order.outFolder, packageName(kind, order.version)), { force: true });
    const file = buildPackage(order, kind);
    console.log(`${file.sha256}  ${String(file.bytes).padStart(9)} bytes  ${file.name}`);
    return file;
  });
  writePackageList(order, files);
}

if (given.help === true) {
  console.log(USAGE);
} else {
  const workFolder = mkdtempSync(join(tmpdir(), 'tramdo-package-'));
  try {
    packageAll(readOrder(workFolder));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}
