import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashFile } from './hash-file.ts';
import { runTool } from './run-tool.ts';
import { type Runtime, type RuntimeName, runtimeNamed } from './runtime.ts';

/** Where fetched runtimes are kept between builds. */
const CACHE_FOLDER = join(import.meta.dirname, '../../node_modules/.cache/runtimes');

/** A runtime on the disk of the build machine, with the hashes it must have. */
export interface FetchedRuntime {
  readonly version: string;
  /** Path of `node` or `node.exe`. */
  readonly program: string;
  /** Path of Node's licence text. */
  readonly license: string;
}

/**
 * Fetches the archive of a runtime with `npm pack`, or takes the one that was fetched before.
 *
 * @throws {Error} when a hash is another than `runtimes.json` says
 */
export function fetchRuntime(name: RuntimeName): FetchedRuntime {
  const runtime = runtimeNamed(name);
  const { program, license } = unpacked(name, runtime);
  if (runtime.licenseOf === undefined) return { version: runtime.version, program, license };
  return { version: runtime.version, program, license: unpacked(runtime.licenseOf).license };
}

function unpacked(name: RuntimeName, runtime: Runtime = runtimeNamed(name)) {
  const folder = join(CACHE_FOLDER, `${runtime.package}-${runtime.version}`);
  const program = join(folder, basename(runtime.program));
  if (!existsSync(program)) unpackInto(folder, name, runtime);
  expectHash(program, runtime.programSha256, `programSha256 of ${name}`);
  return { program, license: join(folder, 'LICENSE') };
}

/** The folder appears at once and whole: two builds may run side by side. */
function unpackInto(folder: string, name: RuntimeName, runtime: Runtime): void {
  const work = `${folder}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  const archive = packRuntime(runtime, work);
  expectHash(archive, runtime.archiveSha256, `archiveSha256 of ${name}`);
  unpackRuntime(archive, runtime, work);
  rmSync(archive);
  if (existsSync(folder)) rmSync(work, { recursive: true });
  else renameSync(work, folder);
}

/** Fetches the archive into a folder and gives its path; nothing is checked yet. */
export function packRuntime({ package: name, version }: Runtime, folder: string): string {
  mkdirSync(folder, { recursive: true });
  runTool('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder]);
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
}

/** Takes the program, and the licence where there is one, out of the archive; gives the path of the program. */
export function unpackRuntime(archive: string, { program }: Runtime, folder: string): string {
  const inside = runTool('tar', ['-tzf', archive]).split('\n');
  const wanted = [`package/${program}`, 'package/LICENSE'].filter((path) => inside.includes(path));
  runTool('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', ...wanted]);
  for (const path of wanted) renameSync(join(folder, path), join(folder, basename(path)));
  rmSync(join(folder, 'package'), { recursive: true });
  const path = join(folder, basename(program));
  chmodSync(path, 0o755);
  return path;
}

function expectHash(path: string, expected: string, what: string): void {
  const found = hashFile(path);
  if (found === expected) return;
  throw new Error(`Cannot use "${path}" as its SHA-256 is ${found} and not ${expected} (${what} in runtimes.json)`);
}
