import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { freshFolder } from '../collector-process.ts';
import { openNamespace } from './namespace.ts';

const FOLDERS = ['/usr/sbin', '/usr/bin'] as const;

/** This machine with other programs in the folders of the system, for those alone who are started in it. */
export interface OtherPrograms {
  /** Path of a program that runs Node there. */
  readonly program: string;
  /** Path under which the system's own program can be run from there. */
  systemProgram(path: string): string;
  /** Puts a script of the shell in the place of a program. */
  put(name: string, script: string, mode?: number): void;
  /** Takes a program away. */
  remove(name: string): void;
}

/** Makes such a view of the machine; only root can. */
export async function withOtherPrograms(): Promise<OtherPrograms> {
  const folder = freshFolder('programs');
  const placeOf = (path: string, kind: 'shown' | 'kept') => join(folder, kind, basename(path));
  for (const path of FOLDERS) {
    for (const kind of ['shown', 'kept'] as const) mkdirSync(placeOf(path, kind), { recursive: true });
    for (const name of readdirSync(path))
      symlinkSync(join(placeOf(path, 'kept'), name), join(placeOf(path, 'shown'), name));
  }
  const mounts = FOLDERS.flatMap((path) => [
    `mount --bind ${path} ${placeOf(path, 'kept')}`,
    `mount --bind ${placeOf(path, 'shown')} ${path}`,
  ]);
  // The last mount hides the program that mounts, where it was found before.
  const program = await openNamespace(['mount'], mounts.join('\n'));
  const remove = (name: string) => {
    for (const path of FOLDERS) rmSync(join(placeOf(path, 'shown'), name), { force: true });
  };
  return {
    program,
    systemProgram: (path) => join(placeOf(path.slice(0, path.lastIndexOf('/')), 'kept'), basename(path)),
    put: (name, script, mode = 0o755) => {
      remove(name);
      const path = join(placeOf('/usr/sbin', 'shown'), name);
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, mode);
    },
    remove,
  };
}
