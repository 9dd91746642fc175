import {
  chmodSync,
  constants,
  copyFileSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { windowsCommand } from './commands-for-people.ts';
import { fetchRuntime } from './fetch-runtime.ts';
import type { PackageOrder } from './package-order.ts';
import type { RuntimeName } from './runtime.ts';

const LICENSE_FILE = join(import.meta.dirname, '../../LICENSE');

/** A program folder on the build machine. */
export interface ProgramLayout {
  /** Version of the Node in it. */
  readonly runtimeVersion: string;
  /** Names of the files, sorted. */
  readonly files: readonly string[];
}

/** Fills the program folder of one package: runtime, launcher, bundle, licences, and the release key when there is one. */
export function layOutProgram(order: PackageOrder, runtimeName: RuntimeName, folder: string): ProgramLayout {
  const runtime = fetchRuntime(runtimeName);
  const isWindows = runtimeName.startsWith('win32');
  mkdirSync(folder, { recursive: true });
  copyInto(folder, isWindows ? 'node.exe' : 'node', runtime.program, 0o755);
  copyInto(folder, 'LICENSE', LICENSE_FILE);
  copyInto(folder, 'LICENSE-node', runtime.license);
  const modules = readdirSync(order.bundleFolder).filter((name) => name.endsWith('.mjs'));
  for (const name of modules) copyInto(folder, name, join(order.bundleFolder, name));
  if (order.releaseKeyFile !== undefined) copyInto(folder, 'release-key.json', order.releaseKeyFile);
  if (isWindows) writeText(join(folder, 'tramdo-agent.cmd'), windowsCommand());
  return { runtimeVersion: runtime.version, files: readdirSync(folder).toSorted() };
}

function copyInto(folder: string, name: string, source: string, mode = 0o644): void {
  const path = join(folder, name);
  copyFileSync(source, path, constants.COPYFILE_FICLONE);
  chmodSync(path, mode);
}

/** Writes a text of a package; the mode does not depend on the umask of whoever builds. */
export function writeText(path: string, text: string | Buffer, mode = 0o644): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o755 });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

/** Makes a folder empty. */
export function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** Gives everything below a folder, and the folder, one modification time and its folders the usual mode. */
export function stampFiles(folder: string, stampSeconds: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) stampFiles(path, stampSeconds);
    else lutimesSync(path, stampSeconds, stampSeconds);
  }
  chmodSync(folder, 0o755);
  lutimesSync(folder, stampSeconds, stampSeconds);
}
