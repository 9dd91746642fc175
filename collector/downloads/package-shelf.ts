import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { PACKAGE_LIST_FILE, type PackageFile, type PackageList, packageList } from './package-list.ts';

/** Largest `packages.json`, in bytes. */
const MAX_LIST_BYTES = 65_536;

/** Where a part of a file begins and ends, in bytes; both belong to it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The installers in one folder. The folder may be filled or replaced while the collector runs: every question looks
 * at the files as they are now, and a file is hashed again only when it changed.
 */
export class PackageShelf {
  readonly #folder: string;
  #list: { readonly stamp: string; readonly list: PackageList } | undefined;
  readonly #verified = new Map<string, { readonly stamp: string; readonly isRight: Promise<boolean> }>();

  /** @param folder nothing is read yet, and it need not be there */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * What is on the shelf; undefined when the folder has no `packages.json`.
   *
   * @throws {TramdoError} PACKAGE_INVALID when it is there and cannot be used
   */
  async list(): Promise<PackageList | undefined> {
    const path = join(this.#folder, PACKAGE_LIST_FILE);
    try {
      const { stamp, bytes } = await stampOf(path);
      if (this.#list?.stamp === stamp) return this.#list.list;
      if (bytes > MAX_LIST_BYTES) throw new Error(`it is larger than ${MAX_LIST_BYTES} bytes`);
      const list = packageList.parse(JSON.parse(await readFile(path, 'utf8')));
      this.#list = { stamp, list };
      return list;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
      throw new TramdoError('PACKAGE_INVALID', `Cannot use "${PACKAGE_LIST_FILE}": ${why}`, { cause: error });
    }
  }

  /**
   * Finds a package by the name `packages.json` gives it; no other file of the folder can be asked for.
   *
   * @throws {TramdoError} PACKAGE_MISSING, PACKAGE_INVALID
   */
  async find(name: string): Promise<PackageFile> {
    const list = await this.list();
    if (list === undefined) throw noPackages();
    const found = list.files.find((file) => file.name === name);
    if (found === undefined) {
      const known = list.files.map((file) => file.name).join(', ');
      throw new TramdoError('PACKAGE_MISSING', `Cannot find the package "${name.slice(0, 128)}", there are: ${known}`);
    }
    return found;
  }

  /**
   * Opens a package once its hash was found to be right.
   *
   * @param range the part to read; all of it when absent
   * @throws {TramdoError} PACKAGE_INVALID when the file is missing or is not the one `packages.json` names
   */
  async open(file: PackageFile, range?: ByteRange): Promise<Readable> {
    await this.check(file);
    const part = range === undefined ? {} : { start: range.first, end: range.last };
    return createReadStream(join(this.#folder, file.name), part);
  }

  /**
   * Makes sure that a package has the length and the hash of `packages.json`.
   *
   * @throws {TramdoError} PACKAGE_INVALID, which names the file
   */
  async check(file: PackageFile): Promise<void> {
    const path = join(this.#folder, file.name);
    try {
      const { stamp: fileStamp, bytes } = await stampOf(path);
      if (bytes !== file.bytes) throw new Error(`it has ${bytes} bytes and not ${file.bytes}`);
      const stamp = `${fileStamp} ${file.sha256}`;
      const known = this.#verified.get(file.name);
      const isRight = known?.stamp === stamp ? known.isRight : hasHash(path, file.sha256);
      this.#verified.set(file.name, { stamp, isRight });
      if (!(await isRight)) throw new Error(`its SHA-256 is not ${file.sha256}`);
    } catch (error) {
      if (systemCodeOf(error) !== undefined) this.#verified.delete(file.name);
      const why = messageOf(error);
      throw new TramdoError('PACKAGE_INVALID', `Cannot hand out "${file.name}": ${why}`, { cause: error });
    }
  }
}

/** The failure of everyone who asks for an installer where none was put. */
export function noPackages(): TramdoError {
  return new TramdoError('PACKAGE_MISSING', 'Cannot hand out an installer as the collector has no packages');
}

async function stampOf(path: string): Promise<{ readonly stamp: string; readonly bytes: number }> {
  const status = await stat(path);
  // A device or a pipe has the size 0 and may never end.
  if (!status.isFile()) throw new Error('it is no file');
  const { dev, ino, size, mtimeMs } = status;
  return { stamp: [dev, ino, size, mtimeMs].join(' '), bytes: size };
}

async function hasHash(path: string, sha256: string): Promise<boolean> {
  const file: FileHandle = await open(path);
  try {
    const hash = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1_048_576 })) hash.update(chunk);
    return hash.digest('hex') === sha256;
  } finally {
    await file.close();
  }
}

function isAbsent(error: unknown): boolean {
  const code = systemCodeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
