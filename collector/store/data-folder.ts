import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';

/** The folder in which the collector keeps everything; only its own account may look inside. */
export class DataFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Opens the folder and makes it when it is missing, mode 0700.
   *
   * @throws {TramdoError} DATA_FOLDER_UNUSABLE when it cannot be written.
   */
  static open(path: string): DataFolder {
    const trial = join(path, `.trial-${process.pid}`);
    try {
      makeFolder(path);
      chmodSync(path, 0o700);
      closeSync(openSync(trial, 'w', 0o600));
      rmSync(trial);
    } catch (error) {
      throw new TramdoError('DATA_FOLDER_UNUSABLE', `Cannot write the data folder "${path}": ${messageOf(error)}`, {
        cause: error,
      });
    }
    return new DataFolder(path);
  }

  /** Path of a file in the folder. */
  pathOf(name: string): string {
    return join(this.path, name);
  }

  /**
   * Reads a secret file; undefined when there is none.
   *
   * @throws {TramdoError} DATA_CORRUPT when it cannot be read.
   */
  read(name: string): string | undefined {
    try {
      return readFileSync(this.pathOf(name), 'utf8');
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return undefined;
      throw new TramdoError('DATA_CORRUPT', `Cannot read "${this.pathOf(name)}": ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /**
   * Gives a file or folder another name, where nothing has it yet.
   *
   * @throws {TramdoError} DATA_FOLDER_UNUSABLE
   */
  move(from: string, to: string): void {
    this.#change(to, () => renameSync(this.pathOf(from), this.pathOf(to)));
  }

  /**
   * Removes a file or folder with everything in it; nothing when it is not there.
   *
   * @throws {TramdoError} DATA_FOLDER_UNUSABLE
   */
  remove(name: string): void {
    this.#change(name, () => rmSync(this.pathOf(name), { recursive: true, force: true }));
  }

  /** A change of names lasts through a power cut once the folder itself was synced. */
  #change(name: string, change: () => void): void {
    try {
      change();
      const folder = openSync(this.path, 'r');
      fsyncSync(folder);
      closeSync(folder);
    } catch (error) {
      throw new TramdoError('DATA_FOLDER_UNUSABLE', `Cannot change "${this.pathOf(name)}": ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /**
   * Keeps a new secret file, mode 0600, whole or not at all. The first writer wins: what is there already stays.
   *
   * @returns what the file holds now
   * @throws {TramdoError} DATA_FOLDER_UNUSABLE, DISK_FULL
   */
  keep(name: string, content: string): string {
    const path = this.pathOf(name);
    const draft = `${path}.${process.pid}.new`;
    try {
      makeFolder(dirname(path));
      const file = openSync(draft, 'w', 0o600);
      writeSync(file, content);
      fsyncSync(file);
      closeSync(file);
      linkSync(draft, path);
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') {
        const code = systemCodeOf(error) === 'ENOSPC' ? 'DISK_FULL' : 'DATA_FOLDER_UNUSABLE';
        throw new TramdoError(code, `Cannot write "${path}": ${messageOf(error)}`, { cause: error });
      }
    } finally {
      rmSync(draft, { force: true });
    }
    return this.read(name) ?? content;
  }
}

/** Not `recursive`: that never ends where the system answers ENOENT under a folder that is there, as /proc does. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may make the same folder at the same moment.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
