import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, TramdoError } from '#shared/errors.ts';

/** The folder that scheduled backups go to. */
export class BackupFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Path of a backup in the folder. */
  pathOf(name: string): string {
    return join(this.#path, name);
  }

  /**
   * Names of the files in it, sorted; the folder is made when it is missing, mode 0700.
   *
   * @throws {TramdoError} BACKUP_FOLDER_UNUSABLE
   */
  list(): readonly string[] {
    return this.#named(() => {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 });
      return readdirSync(this.#path).toSorted();
    });
  }

  /**
   * Removes files of the folder.
   *
   * @throws {TramdoError} BACKUP_FOLDER_UNUSABLE
   */
  remove(names: readonly string[]): void {
    this.#named(() => {
      for (const name of names) rmSync(this.pathOf(name), { force: true });
    });
  }

  #named<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw new TramdoError(
        'BACKUP_FOLDER_UNUSABLE',
        `Cannot use "backupFolder": current value is "${this.#path}": ${messageOf(error)}`,
        { cause: error },
      );
    }
  }
}
