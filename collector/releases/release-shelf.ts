import { hash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { type ReleaseManifest, releaseVersion, verifyRelease } from '#shared/release.ts';
import type { PublicJwk } from '#shared/signature.ts';

/** Name of the signed manifest in the folder of a release. */
export const SIGNED_MANIFEST_FILE = 'release.jws';

/** Largest signed manifest, in bytes. */
const MAX_SIGNED_BYTES = 16_384;

/** One file of a release as it travels: compressed. */
export interface PackedFile {
  readonly content: Readable;
  readonly bytes: number;
}

/** Signed releases of the agent, one folder each; only what the release key vouches for comes in. */
export class ReleaseShelf {
  readonly #folder: string;
  readonly #signed = new Map<string, string>();

  /** @param folder need not be there before the first release */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Versions that are there, oldest first. */
  versions(): readonly string[] {
    if (!existsSync(this.#folder)) return [];
    const order = (version: string) =>
      version
        .split('.')
        .map((part) => part.padStart(6, '0'))
        .join('.');
    return readdirSync(this.#folder)
      .filter((name) => releaseVersion.safeParse(name).success)
      .toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  /** The signed manifest of a version; undefined when it is not there. */
  signed(version: string): string | undefined {
    const known = this.#signed.get(version);
    if (known !== undefined) return known;
    const path = join(this.#folder, version, SIGNED_MANIFEST_FILE);
    if (!releaseVersion.safeParse(version).success || !existsSync(path)) return undefined;
    const text = readFileSync(path, 'utf8');
    this.#signed.set(version, text);
    return text;
  }

  /** One file of a version, compressed with gzip; undefined when it is not there. */
  open(version: string, name: string): PackedFile | undefined {
    if (this.signed(version) === undefined || !/^[a-z][a-z0-9-]{0,39}\.mjs$/.test(name)) return undefined;
    const path = join(this.#folder, version, `${name}.gz`);
    const status = statSync(path, { throwIfNoEntry: false });
    return status === undefined ? undefined : { content: createReadStream(path), bytes: status.size };
  }

  /**
   * Takes a release in from the folder that `npm run sign-release` made: whole and verified, or not at all.
   *
   * @throws {TramdoError} RELEASE_INVALID, DISK_FULL, DATA_FOLDER_UNUSABLE
   */
  async add(source: string, key: PublicJwk): Promise<ReleaseManifest> {
    const signed = readGiven(join(source, SIGNED_MANIFEST_FILE), MAX_SIGNED_BYTES).toString('utf8').trim();
    const manifest = await verifyRelease(signed, key);
    const known = this.signed(manifest.version);
    if (known !== undefined && known !== signed) {
      throw invalid(`${manifest.version} is there already, signed for other content: give it a version of its own`);
    }
    const content = manifest.files.map((file) => ({ name: file.name, bytes: verifiedFile(source, file) }));
    if (known === undefined) this.#keep(manifest.version, signed, content);
    return manifest;
  }

  #keep(version: string, signed: string, content: readonly { readonly name: string; readonly bytes: Buffer }[]): void {
    const draft = join(this.#folder, `.${version}.${process.pid}`);
    try {
      mkdirSync(draft, { recursive: true, mode: 0o700 });
      for (const { name, bytes } of content) writeSynced(join(draft, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeSynced(join(draft, SIGNED_MANIFEST_FILE), Buffer.from(signed));
      syncFolder(draft);
      renameSync(draft, join(this.#folder, version));
      syncFolder(this.#folder);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      const code = systemCodeOf(error) === 'ENOSPC' ? 'DISK_FULL' : 'DATA_FOLDER_UNUSABLE';
      throw new TramdoError(code, `Cannot keep the release ${version}: ${messageOf(error)}`, { cause: error });
    }
  }
}

function verifiedFile(source: string, { name, bytes, sha256 }: ReleaseManifest['files'][number]): Buffer {
  const content = readGiven(join(source, name), bytes);
  if (content.length !== bytes) throw invalid(`"${name}" has ${content.length} bytes, signed are ${bytes}`);
  const found = hash('sha256', content, 'base64url');
  if (found !== sha256) throw invalid(`"${name}" has the hash "${found}", signed is "${sha256}"`);
  return content;
}

function readGiven(path: string, maxBytes: number): Buffer {
  try {
    const status = statSync(path);
    // A device or a pipe has the size 0 and may never end.
    if (!status.isFile()) throw invalid(`"${path}" is no file`);
    const { size } = status;
    if (size > maxBytes) throw invalid(`"${path}" has ${size} bytes, allowed are ${maxBytes}`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof TramdoError) throw error;
    throw invalid(`"${path}" cannot be read: ${messageOf(error)}`, error);
  }
}

function writeSynced(path: string, bytes: Buffer): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function invalid(why: string, cause?: unknown): TramdoError {
  return new TramdoError('RELEASE_INVALID', `Refused the release as ${why}`, { cause });
}
